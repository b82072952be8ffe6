import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isNewEnough } from "./node.mjs";
import { fingerprint, root, unlessDone } from "./step.mjs";

const folder = mkdtempSync(join(tmpdir(), "veche-setup-"));
const inside = (name: string): string => relative(root, join(folder, name));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("only a Node that runs TypeScript without a flag is used as it is", () => {
  expect(["18.0.0", "20.20.2", "24.14.1"].map((version) => isNewEnough(version))).toEqual([false, false, false]);
  expect(["24.15.0", "24.21.0", "26.0.0"].map((version) => isNewEnough(version))).toEqual([true, true, true]);
});

test("a step is done once, and again when a source of it changes or its result is gone", () => {
  const [source, stamp, result] = ["source.txt", "made/stamp", "result.txt"].map(inside) as [string, string, string];
  let times = 0;
  const step = (): void =>
    unlessDone({ stamp, result, mark: fingerprint([source]) }, () => {
      times += 1;
      writeFileSync(join(root, result), "made");
    });
  writeFileSync(join(root, source), "one");
  step();
  step();
  expect(times).toBe(1);
  writeFileSync(join(root, source), "two");
  step();
  expect(times).toBe(2);
  rmSync(join(root, result));
  step();
  expect(times).toBe(3);
});

test("a step that fails is tried again next time", () => {
  const [stamp, result] = [inside("broken.stamp"), inside("broken.txt")];
  const failing = (): never => {
    throw new Error("no room");
  };
  expect(() => unlessDone({ stamp, result, mark: "1" }, failing)).toThrow("no room");
  expect(existsSync(join(root, stamp))).toBe(false);
});

test("./veche works from any folder and through a link to it", () => {
  const link = join(folder, "veche");
  symlinkSync(join(root, "veche"), link);
  const { stdout, status } = spawnSync(link, ["api-key", "create", "--help"], {
    cwd: "/",
    encoding: "utf8",
    env: { ...process.env, LANG: "C" },
  });
  expect(status).toBe(0);
  expect(stdout).toContain("--role");
});

test("a fault in what is asked is told in a line", () => {
  const { stderr, status } = spawnSync(process.execPath, [join(root, "scripts/run.mjs"), "dance"], {
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr.trim()).toBe('There is no "dance". Known: start, cli, test, bench, acceptance.');
});
