import { readdir, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { refuse } from "#src/base/refusal.ts";
import { mayBeHistory } from "./history-names.ts";

/** One file of a folder that could be history. */
export interface FolderPart {
  /** From the folder on, with slashes. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** More files than this are not an export somebody meant. */
const MOST_FILES = 1_000_000;

/** The files of a folder and its folders that could be history, the largest first. Links are not followed. Refuses a folder without any. */
export async function listFolder(path: string, name: string): Promise<FolderPart[]> {
  const parts: FolderPart[] = [];
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name);
    const inside = relative(path, full).split(sep).join("/");
    if (!entry.isFile() || !mayBeHistory(inside)) continue;
    const { size } = await stat(full);
    if (size > 0) parts.push({ name: inside, path: full, bytes: size });
    if (parts.length > MOST_FILES) refuse("too-large", "imports.bomb", { name });
  }
  if (parts.length === 0) refuse("invalid", "imports.nothing-in-folder", { name });
  return parts.toSorted((a, b) => b.bytes - a.bytes);
}
