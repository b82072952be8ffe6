import { open, stat, type FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { refuse } from "#src/base/refusal.ts";
import { encodingOf, inUtf8 } from "./encoding.ts";
import { listFolder } from "./folder.ts";
import { unpackGzip } from "./gzip.ts";
import { CHUNK_BYTES } from "./limits.ts";
import { bytesBefore } from "./part-order.ts";
import { listZip, unpackZipPart } from "./zip.ts";

/** One file that holds history. An unpacked file has one part, an archive or folder one for each file in it that could be history, the largest first. */
export interface Part {
  readonly name: string;
  /** As far as it is known before reading, unpacked. */
  readonly bytes: number | undefined;
}

/** One reading of a part, from some byte of its unpacked text on. */
export interface Reading {
  readonly chunks: AsyncIterable<Buffer>;
  /** How many bytes on disk were read so far, with all parts that come before in reading order: what progress is measured in. */
  readonly consumed: () => number;
}

/** What somebody brought: a file (plain, .gz or .zip) or a folder. What it holds is always given out as UTF-8. */
export interface Source {
  readonly name: string;
  /** On disk. */
  readonly bytes: number;
  readonly packing: "none" | "gzip" | "zip" | "folder";
  readonly parts: readonly Part[];
  /** Reads a part from an offset on. For packed files and for other encodings what comes before is read and passed over. */
  read(part: Part, from?: number): Promise<Reading>;
}

/** Reads a file in chunks, one ahead: while somebody works on a chunk the next is on its way. */
async function* fileChunks(path: string, from: number, progress: { consumed: number }): AsyncGenerator<Buffer> {
  await using file: FileHandle = await open(path, "r");
  // Two buffers for the whole reading: whoever takes a chunk is done with it before asking for the next.
  const buffers = [Buffer.allocUnsafe(CHUNK_BYTES), Buffer.allocUnsafe(CHUNK_BYTES)] as const;
  let position = from;
  const ask = (buffer: Buffer): Promise<{ bytesRead: number }> => {
    const asked = file.read(buffer, 0, CHUNK_BYTES, position);
    // It is awaited with the next chunk, unless nobody asks for one any more.
    asked.catch(() => undefined);
    return asked;
  };
  let coming = ask(buffers[0]);
  for (let turn = 0; ; turn++) {
    const { bytesRead } = await coming;
    if (bytesRead === 0) return;
    position += bytesRead;
    coming = ask(turn % 2 === 0 ? buffers[1] : buffers[0]);
    progress.consumed = position;
    yield (turn % 2 === 0 ? buffers[0] : buffers[1]).subarray(0, bytesRead);
  }
}

async function* passOver(chunks: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (chunk.length > left) yield left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

const OPENING_BYTES = 64 * 1024;

/** The first bytes of a part, at most 64 KiB. */
export async function openingOfPart(source: Source, part: Part): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const { chunks } = await source.read(part);
  for await (const chunk of chunks) {
    pieces.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes >= OPENING_BYTES) break;
  }
  return Buffer.concat(pieces).subarray(0, OPENING_BYTES);
}

async function firstOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  for await (const chunk of chunks) return Buffer.from(chunk.subarray(0, OPENING_BYTES));
  return Buffer.alloc(0);
}

/** UTF-8 cut in the middle of a character is still UTF-8. */
function wholeCharacters(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && end > bytes.length - 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  const lead = bytes[end - 1] ?? 0;
  return bytes.length === OPENING_BYTES && lead >= 0xc0 ? bytes.subarray(0, end - 1) : bytes;
}

/**
 * Opens a file of history. Refuses what is not there, is no file, is empty, or is packed in a way that is dangerous or
 * not understood; see the codes `imports.*` in the words.
 */
export async function openSource(path: string, name = basename(path)): Promise<Source> {
  const status = await stat(path).catch(() => refuse("not-found", "imports.no-such-file", { name }));
  if (status.isDirectory()) return openFolder(path, name);
  if (!status.isFile()) refuse("invalid", "imports.not-a-file", { name });
  if (status.size === 0) refuse("invalid", "imports.empty-file", { name });
  const magic = await firstOf(fileChunks(path, 0, { consumed: 0 }));
  const file = { path, name, bytes: status.size };
  if (magic[0] === 0x50 && magic[1] === 0x4b && (magic[2] === 0x03 || magic[2] === 0x05)) return openZip(file);
  if (magic[0] === 0x1f && magic[1] === 0x8b) return openGzip(file);
  const encoding = encodingOf(wholeCharacters(magic));
  const read = (_part: Part, from = 0): Promise<Reading> => {
    const progress = { consumed: from };
    if (encoding === "utf-8") return reading(fileChunks(path, from, progress), progress);
    return reading(passOver(inUtf8(fileChunks(path, 0, progress), encoding), from), progress);
  };
  return { name, bytes: status.size, packing: "none", parts: [{ name, bytes: status.size }], read };
}

function reading(chunks: AsyncIterable<Buffer>, progress: { consumed: number }): Promise<Reading> {
  return Promise.resolve({ chunks, consumed: () => progress.consumed });
}

interface FileOnDisk {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

/**
 * The first chunk, and all of them: what comes first tells the encoding, and opening a file twice costs. What lies behind is
 * closed when whoever goes through all of them ends, be it at the very first.
 */
async function peeked(chunks: AsyncIterable<Buffer>): Promise<{ first: Buffer; all: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let begun: IteratorResult<Buffer> | undefined = await iterator.next();
  const first = begun.done === true ? Buffer.alloc(0) : begun.value;
  const next = async (): Promise<IteratorResult<Buffer>> => {
    const held = begun;
    begun = undefined;
    return held ?? iterator.next();
  };
  const close = async (): Promise<IteratorResult<Buffer>> => {
    await iterator.return?.();
    return { done: true, value: undefined };
  };
  return { first, all: { [Symbol.asyncIterator]: () => ({ next, return: close }) } };
}

async function inText(chunks: AsyncIterable<Buffer>, from: number): Promise<AsyncIterable<Buffer>> {
  const { first, all } = await peeked(chunks);
  const encoding = encodingOf(wholeCharacters(first.subarray(0, OPENING_BYTES)));
  const text = encoding === "utf-8" ? all : inUtf8(all, encoding);
  return from === 0 ? text : passOver(text, from);
}

function openGzip({ path, name, bytes }: FileOnDisk): Source {
  const part = { name: name.replace(/\.gz$/i, ""), bytes: undefined };
  const read = async (_part: Part, from = 0): Promise<Reading> => {
    const progress = { consumed: 0 };
    return reading(await inText(unpackGzip(fileChunks(path, 0, progress), progress), from), progress);
  };
  return { name, bytes, packing: "gzip", parts: [part], read };
}

async function openZip({ path, name, bytes }: FileOnDisk): Promise<Source> {
  const parts = await listZip(path, name);
  const entries = new Map(parts.map((part) => [part.name, part.entry]));
  const before = bytesBefore(parts);
  const packed = parts.reduce((sum, part) => sum + part.packed, 0);
  // Names and what is no history take room in an archive as well.
  const share = (consumed: number): number => Math.min(bytes, Math.round((consumed / packed) * bytes));
  const read = async (part: Part, from = 0): Promise<Reading> => {
    const entry = entries.get(part.name) ?? refuse("invalid", "imports.damaged-archive", { name });
    const progress = { consumed: 0 };
    const chunks = await inText(unpackZipPart(path, { name, entry, progress }), from);
    return { chunks, consumed: () => share((before.get(part.name) ?? 0) + progress.consumed) };
  };
  return { name, bytes, packing: "zip", parts: parts.map((part) => ({ name: part.name, bytes: part.bytes })), read };
}

async function openFolder(path: string, name: string): Promise<Source> {
  const parts = await listFolder(path, name);
  const paths = new Map(parts.map((part) => [part.name, part.path]));
  const before = bytesBefore(parts.map((part) => ({ name: part.name, packed: part.bytes })));
  const read = async (part: Part, from = 0): Promise<Reading> => {
    const file = paths.get(part.name) ?? refuse("not-found", "imports.no-such-file", { name: part.name });
    const progress = { consumed: 0 };
    const chunks = await inText(fileChunks(file, 0, progress), from);
    return { chunks, consumed: () => (before.get(part.name) ?? 0) + progress.consumed };
  };
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return { name, bytes, packing: "folder", parts: parts.map((part) => ({ name: part.name, bytes: part.bytes })), read };
}
