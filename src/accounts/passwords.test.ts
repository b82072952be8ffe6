import { expect, test } from "vitest";
import { hashPassword, isPassword } from "./passwords.ts";

test("a password fits its own hash and no other does, however it was typed", async () => {
  const hash = await hashPassword("correct horse café");
  expect(hash).not.toContain("horse");
  expect(await isPassword("correct horse café", hash)).toBe(true);
  expect(await isPassword("correct horse cafe\u0301", hash)).toBe(true);
  expect(await isPassword("correct horse cafe", hash)).toBe(false);
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
