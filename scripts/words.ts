/**
 * Compiles the sentences of all features, `src/<feature>/words/{en,ru}.json` in the inlang message format, into typed functions in
 * `.generated/words`, imported as `#words`. Any fault in any sentence stops it with exit code 1 and the list of faults.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Locale, locales } from "../src/base/locale.ts";
import { type Entry, faultsOf } from "./words/check.ts";
import { readMessage } from "./words/message.ts";
import { runtimeSource, writeFeature, writeGathering } from "./words/write.ts";

const root = join(import.meta.dirname, "..");

/** What a compilation gave: sentences per feature and everything that is wrong with them. */
export interface Compiled {
  entries: Entry[];
  faults: string[];
}

/** Reads and checks the sentences of every feature below a source folder. */
export function readWords(source: string): Compiled {
  const features = readdirSync(source).filter((feature) =>
    locales.some((locale) => existsSync(join(source, feature, "words", `${locale}.json`))),
  );
  const found = features.sort().map((feature) => readFeature(source, feature));
  const entries = found.flatMap((part) => part.entries);
  const keys = entries.map((entry) => entry.key);
  const doubled = keys.filter((key, place) => keys.indexOf(key) !== place);
  const faults = [...found.flatMap((part) => part.faults), ...doubled.map((key) => `${key} is said by two features`)];
  if (entries.length === 0) faults.push("not one sentence was found");
  return { entries, faults: [...faults, ...entries.flatMap(faultsOf)] };
}

function readFile(path: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (typeof parsed !== "object" || parsed === null) throw new Error("holds no sentences");
  return { ...parsed };
}

function readFeature(source: string, feature: string): Compiled {
  const faults: string[] = [];
  const files: Record<Locale, Record<string, unknown>> = { en: {}, ru: {} };
  for (const locale of locales) {
    const path = join(source, feature, "words", `${locale}.json`);
    try {
      files[locale] = readFile(path);
    } catch (error) {
      faults.push(`${feature}/words/${locale}.json: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const keys = [...new Set(locales.flatMap((locale) => Object.keys(files[locale])))].filter((key) => key !== "$schema");
  const entries = keys.flatMap((key) => {
    const missing = locales.filter((locale) => !(key in files[locale]));
    faults.push(...missing.map((locale) => `${feature}: ${key} is missing in ${locale}`));
    if (missing.length > 0) return [];
    try {
      return [{ key, feature, messages: { en: readMessage(files.en[key]), ru: readMessage(files.ru[key]) } }];
    } catch (error) {
      faults.push(`${feature}: ${key}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
  return { entries, faults };
}

/** Writes the modules of `#words` into a folder, which is emptied first. Files that did not change are not touched. */
export function writeWords(entries: Entry[], target: string): void {
  const features = [...new Set(entries.map((entry) => entry.feature))];
  const gathering = writeGathering(features);
  const files = new Map([
    ["runtime.ts", runtimeSource],
    ["all.ts", gathering.all],
    ["messages.ts", gathering.messages],
    ...features.map((feature): [string, string] => [
      `${feature}.ts`,
      writeFeature(entries.filter((entry) => entry.feature === feature)),
    ]),
  ]);
  mkdirSync(target, { recursive: true });
  for (const old of readdirSync(target)) if (!files.has(old)) rmSync(join(target, old), { recursive: true });
  for (const [name, text] of files) {
    const path = join(target, name);
    if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
  }
}

if (import.meta.main) {
  const { entries, faults } = readWords(join(root, "src"));
  // Good sentences are written even beside faulty ones, so that one bad file does not stop work on the others.
  writeWords(entries, join(root, ".generated", "words"));
  console.log(`${entries.length} sentences in ${locales.join(" and ")}`);
  if (faults.length > 0) {
    console.error(`${faults.length} faults in the words:\n${faults.join("\n")}`);
    process.exitCode = 1;
  }
}
