import type { Readable } from "node:stream";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import { refuse } from "#src/base/refusal.ts";
import { checkUnpacked } from "./gzip.ts";
import { mayBeHistory } from "./history-names.ts";

/** One file in an archive that could be history, judged by its name. */
export interface ZipPart {
  readonly name: string;
  readonly bytes: number;
  /** As it lies in the archive. */
  readonly packed: number;
  /** Where it lies: kept, because looking for each of a hundred thousand files from the beginning would take hours. */
  readonly entry: Entry;
}

/** Exports with media hold tens of thousands of files; more entries than this is an attack on whoever lists them. */
const MOST_ENTRIES = 1_000_000;

async function openArchive(path: string, name: string): Promise<ZipFile> {
  try {
    return await openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      validateEntrySizes: true,
      strictFileNames: true,
    });
  } catch {
    return refuse("invalid", "imports.damaged-archive", { name });
  }
}

async function* entriesOf(zip: ZipFile, name: string): AsyncGenerator<Entry> {
  if (zip.entryCount > MOST_ENTRIES) refuse("too-large", "imports.bomb", { name });
  try {
    // Names with "..", drive letters, or a slash at the beginning end the listing here; nothing is ever written by its name.
    yield* zip.eachEntry();
  } catch {
    refuse("invalid", "imports.damaged-archive", { name });
  }
}

function isHistory(entry: Entry): boolean {
  return entry.uncompressedSize > 0 && mayBeHistory(entry.fileName);
}

/** The files in an archive that could be history. Refuses a damaged archive, a bomb, and one that holds none. */
export async function listZip(path: string, name: string): Promise<ZipPart[]> {
  const zip = await openArchive(path, name);
  try {
    const parts: ZipPart[] = [];
    for await (const entry of entriesOf(zip, name)) {
      if (!isHistory(entry)) continue;
      if (entry.isEncrypted()) refuse("invalid", "imports.encrypted-archive", { name });
      checkUnpacked(entry.uncompressedSize, entry.compressedSize);
      parts.push({ name: entry.fileName, bytes: entry.uncompressedSize, packed: entry.compressedSize, entry });
    }
    if (parts.length === 0) refuse("invalid", "imports.nothing-in-archive", { name });
    // The history is the largest of them.
    return parts.toSorted((a, b) => b.bytes - a.bytes);
  } finally {
    zip.close();
  }
}

interface ZipReading {
  readonly name: string;
  readonly entry: Entry;
  readonly progress: { consumed: number };
}

/** The text of one file in an archive. `progress` counts its packed bytes in proportion. */
export async function* unpackZipPart(path: string, { name, entry, progress }: ZipReading): AsyncGenerator<Buffer> {
  const zip = await openArchive(path, name);
  try {
    yield* entryChunks(zip, entry, progress);
  } finally {
    zip.close();
  }
}

async function* entryChunks(zip: ZipFile, entry: Entry, progress: { consumed: number }): AsyncGenerator<Buffer> {
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const chunks: AsyncIterable<Buffer> = stream;
  let unpacked = 0;
  try {
    for await (const chunk of chunks) {
      unpacked += chunk.length;
      progress.consumed = Math.round((unpacked / entry.uncompressedSize) * entry.compressedSize);
      checkUnpacked(unpacked, Math.max(progress.consumed, 1));
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Error && error.name === "Refusal") throw error;
    refuse("invalid", "imports.damaged-archive");
  } finally {
    stream.destroy();
  }
}
