import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, readFile, rm, stat, statfs, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { finished } from "node:stream/promises";
import { z } from "zod";
import { readConfig } from "#src/base/config.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { FILE_BYTES, type Upload } from "../model.ts";

/** What must stay free on the disk, so that the database never runs out because of an upload. */
const SPARE_BYTES = 1024 ** 3;
/** A file that nobody has imported or added to for this long is thrown away. In milliseconds. */
const KEPT_MS = 24 * 3_600_000;

const noteSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  bytes: z.number(),
  modifiedAt: z.number().nullable(),
  owner: z.string(),
});
type Note = z.infer<typeof noteSchema>;

function folder(): string {
  return join(readConfig(process.env).dataDir, "uploads");
}

/** The file itself. Only an id that is a UUID ever becomes part of a path. */
export function uploadPath(id: string): string {
  return join(folder(), `${z.uuid().parse(id)}.file`);
}

function notePath(id: string): string {
  return join(folder(), `${z.uuid().parse(id)}.json`);
}

async function readNote(id: string): Promise<Note | undefined> {
  const text = await readFile(notePath(id), "utf8").catch(() => undefined);
  return text === undefined ? undefined : noteSchema.safeParse(JSON.parse(text)).data;
}

async function notes(): Promise<Note[]> {
  const names = await readdir(folder()).catch(() => []);
  const ids = names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5));
  const found = await Promise.all(ids.filter((id) => z.uuid().safeParse(id).success).map(readNote));
  return found.filter((note) => note !== undefined);
}

async function asUpload({ id, name, bytes }: Note): Promise<Upload> {
  const file = await stat(uploadPath(id)).catch(() => undefined);
  return { id, name, bytes, received: file?.size ?? 0 };
}

/** What somebody wants to bring. `modifiedAt` tells two files of one name and length apart. */
export interface NewUpload {
  readonly name: string;
  readonly bytes: number;
  readonly modifiedAt?: number | undefined;
  /** Whoever brings it; nobody else may touch it. */
  readonly owner: string;
  readonly now: number;
}

async function checkRoom(bytes: number): Promise<void> {
  const disk = await statfs(folder());
  if (disk.bavail * disk.bsize < bytes + SPARE_BYTES) refuse("unavailable", "imports.no-room");
}

/** Makes a place for a file, or gives back the one where the same file of the same person was on its way before. */
export async function beginUpload({ name, bytes, modifiedAt, owner, now }: NewUpload): Promise<Upload> {
  if (bytes > FILE_BYTES) refuse("too-large", "imports.file-too-large", { limit: FILE_BYTES });
  if (bytes === 0) refuse("invalid", "imports.empty-file", { name });
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  const same = (note: Note): boolean =>
    note.owner === owner && note.name === name && note.bytes === bytes && note.modifiedAt === (modifiedAt ?? null);
  const known = (await notes()).find(same);
  if (known !== undefined) return asUpload(known);
  await checkRoom(bytes);
  const note = { id: newId(now), name, bytes, modifiedAt: modifiedAt ?? null, owner };
  await writeFile(uploadPath(note.id), "", { mode: 0o600 });
  await writeFile(notePath(note.id), JSON.stringify(note), { mode: 0o600 });
  return asUpload(note);
}

/** An upload of that person; refuses one that is not there or is somebody else's. */
export async function findUpload(id: string, owner: string): Promise<Upload> {
  const note = z.uuid().safeParse(id).success ? await readNote(id) : undefined;
  if (note?.owner !== owner) return refuse("not-found", "imports.no-such-upload");
  return asUpload(note);
}

const receiving = new Set<string>();

/** Adds a piece at the place that was reached; refuses one that belongs elsewhere, telling how far the file is. */
export async function addPiece(upload: Upload, from: number, body: ReadableStream<Uint8Array>): Promise<Upload> {
  if (receiving.has(upload.id) || from !== upload.received) {
    await body.cancel();
    return refuse("conflict", "imports.wrong-place", { received: upload.received });
  }
  receiving.add(upload.id);
  try {
    return { ...upload, received: upload.received + (await append(upload, body)) };
  } finally {
    receiving.delete(upload.id);
  }
}

async function append(upload: Upload, body: ReadableStream<Uint8Array>): Promise<number> {
  const file = createWriteStream(uploadPath(upload.id), { flags: "r+", start: upload.received });
  let written = 0;
  try {
    for await (const chunk of body) {
      written += chunk.length;
      if (upload.received + written > upload.bytes)
        refuse("too-large", "imports.more-than-announced", { bytes: upload.bytes });
      if (!file.write(chunk)) await once(file, "drain");
    }
    return written;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") refuse("unavailable", "imports.no-room");
    throw error;
  } finally {
    file.end();
    await finished(file).catch(() => undefined);
  }
}

/** The whole file of an upload, ready to be read; refuses one that is still on its way. */
export async function finishedUpload(id: string, owner: string): Promise<Upload & { readonly path: string }> {
  const upload = await findUpload(id, owner);
  if (upload.received < upload.bytes) refuse("conflict", "imports.upload-unfinished", { received: upload.received });
  const file = await open(uploadPath(id), "r");
  await file.close();
  return { ...upload, path: uploadPath(id) };
}

export async function dropUpload(id: string): Promise<void> {
  await rm(notePath(id), { force: true });
  await rm(uploadPath(id), { force: true });
}

/** Throws away the file of an import if it was uploaded; a file that lies elsewhere is its owner's and stays. */
export async function dropUploadAt(path: string): Promise<void> {
  if (resolve(dirname(path)) !== resolve(folder())) return;
  const id = path.slice(dirname(path).length + 1).replace(/\.file$/, "");
  if (z.uuid().safeParse(id).success) await dropUpload(id);
}

/** Throws away what nobody has touched for a day, except the files of imports that are not done. */
export async function tidyUploads(now: number, needed: ReadonlySet<string>): Promise<void> {
  for (const { id } of await notes()) {
    const file = await stat(uploadPath(id)).catch(() => undefined);
    if (needed.has(uploadPath(id)) || (file !== undefined && now - file.mtimeMs < KEPT_MS)) continue;
    await dropUpload(id);
  }
}
