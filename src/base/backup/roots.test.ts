import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openSecrets, readRoots, rootId } from "../secrets.ts";
import { takeRoots } from "./roots.ts";

const dataDir = mkdtempSync(join(tmpdir(), "veche-roots-"));
const file = join(dataDir, "secrets");
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const [OLD, NEW, OWN] = ["old", "new", "own"].map((word) => `${word} root secret, long enough to be one`);
if (OLD === undefined || NEW === undefined || OWN === undefined) throw new Error("three words");
const ofBackup = { roots: [NEW, OLD], rootIds: [NEW, OLD].map(rootId) };

test("an install takes the secrets of a backup before its own, so that it opens and derives what the first one did", async () => {
  writeFileSync(file, `${OWN}\n`);
  const letter = openSecrets([OLD]).seal("a letter", "place");
  expect(await takeRoots({ dataDir, given: undefined, roots: [OWN] }, ofBackup)).toBe("taken");
  const roots = await readRoots(dataDir, undefined);
  expect(roots).toEqual([NEW, OLD, OWN]);
  expect(openSecrets(roots).open(letter, "place")).toBe("a letter");
  expect(openSecrets(roots).derive("keys")).toBe(openSecrets([NEW, OLD]).derive("keys"));
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(readdirSync(dataDir)).toEqual(["secrets"]);
});

test("an install that has them already is left as it is", async () => {
  const before = readFileSync(file, "utf8");
  expect(await takeRoots({ dataDir, given: undefined, roots: [NEW, OLD, OWN] }, ofBackup)).toBe("had");
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("an open backup has no secrets to give, and says which are missing by saying that they are", async () => {
  const open = { rootIds: ofBackup.rootIds };
  expect(await takeRoots({ dataDir, given: undefined, roots: [OWN] }, open)).toBe("missing");
  expect(await takeRoots({ dataDir, given: undefined, roots: [NEW, OLD] }, open)).toBe("had");
});

test("where the environment names other secrets, nothing is restored that could not be read", async () => {
  const place = { dataDir, given: OWN, roots: [OWN] };
  await expect(takeRoots(place, ofBackup)).rejects.toThrow("backup.other-secrets");
});
