import { expect, test, vi } from "vitest";
import { hashPassword, hashPasswords, isPassword } from "./passwords.ts";

// Other tests hash at next to no cost; this one is about the cost as well.
hashPasswords("always");

test("a password fits its own hash and no other does, however it was typed", async () => {
  const hash = await hashPassword("correct horse café");
  expect(hash).not.toContain("horse");
  expect(await isPassword("correct horse café", hash)).toBe(true);
  expect(await isPassword("correct horse cafe\u0301", hash)).toBe(true);
  expect(await isPassword("correct horse cafe", hash)).toBe(false);
});

test("a password is kept at the cost that makes guessing it dear, and nobody who runs Veche gets it cheaper", async () => {
  expect(await hashPassword("correct horse café")).toMatch(/^scrypt\$32768\$8\$3\$/);
  vi.stubEnv("NODE_ENV", "production");
  expect(() => hashPasswords("in-tests")).toThrow("for tests");
  vi.unstubAllEnvs();
});

test("without a hash, or with one that is not ours, nothing fits", async () => {
  expect(await isPassword("", undefined)).toBe(false);
  expect(await isPassword("none", "none")).toBe(false);
  expect(await isPassword("x", "scrypt$1$1$1$$")).toBe(false);
});

test("the same password is kept differently for everybody", async () => {
  const [one, other] = await Promise.all([hashPassword("the same words"), hashPassword("the same words")]);
  expect(one).not.toBe(other);
});
