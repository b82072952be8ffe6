import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { m } from "#words";
import { sentenceOf } from "./problem.ts";

const source = join(import.meta.dirname, "../..");

/** Every code that the sources refuse with, read from the sources themselves. */
function codesInSources(): string[] {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!\.test)\.tsx?$/.test(file),
  );
  const codes = files.flatMap((file) => {
    const text = readFileSync(join(source, file), "utf8");
    return [...text.matchAll(/(?:refuse|new Refusal)\(\s*"[a-z-]+",\s*"([a-z-]+\.[a-z-]+)"/g)].map(
      ([, code = ""]) => code,
    );
  });
  return [...new Set(codes)];
}

test("every refusal has a sentence in both languages that says what to do", () => {
  const codes = codesInSources();
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !Object.hasOwn(m, sentenceOf(code)))).toEqual([]);
});
