import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSecrets, readRoots, SealBroken } from "./secrets.ts";

const old = "o".repeat(40);
const young = "y".repeat(40);

test("a sealed token opens where it was sealed and nowhere else", () => {
  const secrets = openSecrets([old]);
  const sealed = secrets.seal("123:bot-token", "community-1/telegram.token");
  expect(sealed).not.toContain("bot-token");
  expect(secrets.open(sealed, "community-1/telegram.token")).toBe("123:bot-token");
  expect(() => secrets.open(sealed, "community-2/telegram.token")).toThrow(SealBroken);
});

test("the same token never looks the same twice", () => {
  const secrets = openSecrets([old]);
  expect(secrets.seal("token", "place")).not.toBe(secrets.seal("token", "place"));
});

test("a changed letter anywhere keeps it shut", () => {
  const secrets = openSecrets([old]);
  const sealed = secrets.seal("token", "place");
  for (let at = 0; at < sealed.length - 1; at += 1) {
    const changed = sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
    expect(() => secrets.open(changed, "place")).toThrow(SealBroken);
  }
});

test("after a rotation old texts still open, are sealed anew once, and then need the old root no more", () => {
  const sealed = openSecrets([old]).seal("token", "place");
  const both = openSecrets([young, old]);
  expect(both.open(sealed, "place")).toBe("token");
  const fresh = both.reseal(sealed, "place") ?? "";
  expect(both.reseal(fresh, "place")).toBeUndefined();
  const onlyYoung = openSecrets([young]);
  expect(onlyYoung.open(fresh, "place")).toBe("token");
  expect(() => onlyYoung.open(sealed, "place")).toThrow("unknown-root");
});

test("the roots are made once, for the owner's eyes only", async () => {
  const folder = await mkdtemp(join(tmpdir(), "veche-secrets-"));
  const [first, second] = await Promise.all([readRoots(folder, undefined), readRoots(folder, undefined)]);
  expect(first).toEqual(second);
  expect(await readRoots(folder, undefined)).toEqual(first);
  expect((await stat(join(folder, "secrets"))).mode & 0o777).toBe(0o600);
  expect(await readRoots(folder, `${young}, ${old}`)).toEqual([young, old]);
  await expect(readRoots(folder, "short")).rejects.toThrow("at least 32");
  await rm(folder, { recursive: true });
});
