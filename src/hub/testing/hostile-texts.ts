import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Hostile texts that are not ours to ship lie beside the checkout. */
const FOLDER = "../shared/corpora";

/** Whether they are there; tests skip with a message where they are not. */
export const hasHostileTexts = existsSync(`${FOLDER}/xss`);

/** Every string inside of a piece of JSON, at any depth. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function textsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".json")) return stringsIn(JSON.parse(text));
  if (file.endsWith(".svg")) return [text];
  return file.includes("confusables") ? (text.match(/[^]{1,8000}/g) ?? []) : text.split("\n");
}

/** Each text once. */
export function hostileTexts(): string[] {
  const files = ["xss", "xss/svg", "blns", "unicode", "own"].flatMap((folder) =>
    readdirSync(`${FOLDER}/${folder}`)
      .filter((name) => /\.(?:json|txt|svg)$/.test(name) && !name.includes("LICENSE"))
      .map((name) => `${FOLDER}/${folder}/${name}`),
  );
  return [...new Set(files.flatMap(textsOf))].filter((text) => text.trim() !== "");
}
