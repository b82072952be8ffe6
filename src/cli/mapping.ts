import { refuse } from "#src/base/refusal.ts";

/** `space=room,sentAt=ts` as pairs of our field and the file's; refuses what has another form. */
export function readMapping(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(",").map((pair): [string, string] => {
    const at = pair.indexOf("=");
    const [field, column] = [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
    return field === "" || column === "" ? refuse("invalid", "cli.bad-map", { text: pair }) : [field, column];
  });
  return Object.fromEntries(pairs);
}
