import { hubPath } from "../model.ts";
import type { HubFile } from "../store/files.ts";

const ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** Where a file of the hub lies; what it holds never changes. */
export function filePath(slug: string, id: string): string {
  return `${hubPath(slug)}/files/${id}`;
}

/** The ids of files of this hub that a text names by their address, each once. */
export function fileIdsIn(source: string, slug: string): string[] {
  const start = `${hubPath(slug)}/files/`;
  if (!source.includes(start)) return [];
  const found = source.matchAll(new RegExp(`${start}(${ID})`, "g"));
  return [...new Set(Array.from(found, ([, id]) => id ?? ""))];
}

/** Signs that would end or begin something in markdown. */
function plainWords(name: string): string {
  return name
    .replaceAll(/[\\[\]<>`*_~|!()]+/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** How a file stands in the text of a post: a picture under its name, anything else as a link with its size. */
export function markdownOf(slug: string, file: Pick<HubFile, "id" | "name" | "type" | "size">): string {
  const address = filePath(slug, file.id);
  if (file.type !== "file") return `![${plainWords(file.name.replace(/\.[^.]*$/, ""))}](${address})`;
  const size = file.size < 1024 ** 2 ? `${Math.ceil(file.size / 1024)} kB` : `${(file.size / 1024 ** 2).toFixed(1)} MB`;
  return `[${plainWords(file.name)} (${size})](${address})`;
}
