import { once } from "node:events";
import { createReadStream, type ReadStream } from "node:fs";
import { link, open, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGunzip, createGzip } from "node:zlib";
import { Refusal, refuse } from "../refusal.ts";
import { newSalt, PIECE_BYTES, sealedWith, unsealed, type Sealing } from "./sealing.ts";

/** The first line of every backup file. */
const SIGNATURE = "VECHE BACKUP 1";

/** A sealed piece is the plain one and a tag of 16 bytes; anything longer did not come from us. */
const LONGEST_PIECE = PIECE_BYTES + 64;

interface Preamble {
  readonly salt: string | null;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Where bytes go until all of them are there: a file beside the wished one, or a pipe or device that is there already. */
interface Place {
  readonly draft: string;
  readonly final: string | undefined;
}

async function placeFor(path: string): Promise<Place> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) return { draft: `${path}.part`, final: path };
  if (there.isFile() || there.isDirectory()) refuse("conflict", "backup.file-exists", { path });
  return { draft: path, final: undefined };
}

async function beginFile(path: string, draft: string): Promise<FileHandle> {
  try {
    return await open(draft, "w", 0o600);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return refuse("not-found", "backup.no-such-folder", { path });
    throw error;
  }
}

/** Gives the whole file its name, and never over another one that has appeared meanwhile. */
async function name({ draft, final }: Place): Promise<void> {
  if (final === undefined) return;
  try {
    await link(draft, final);
    await rm(draft);
  } catch (error) {
    if (codeOf(error) === "EEXIST") refuse("conflict", "backup.file-exists", { path: final });
    // Some file systems have no hard links.
    await rename(draft, final);
  }
}

/** Writes one stream of bytes into a file: compressed, and sealed when there is a passphrase. */
export class BackupWriter {
  readonly #file: FileHandle;
  readonly #place: Place;
  readonly #sealing: Sealing;
  readonly #gzip = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: PIECE_BYTES });
  readonly #sealed: Promise<void>;
  #hasFailed = false;

  private constructor(file: FileHandle, place: Place, sealing: Sealing) {
    this.#file = file;
    this.#place = place;
    this.#sealing = sealing;
    this.#gzip.on("error", () => undefined);
    this.#sealed = this.#seal();
    this.#sealed.catch(() => (this.#hasFailed = true));
  }

  /**
   * Begins a new file, readable by its owner alone. It has its name only when it is whole; until then, and if the
   * process is killed for ever, it is called `<name>.part`. Refuses a name that is taken.
   */
  static async begin(path: string, passphrase: string | undefined): Promise<BackupWriter> {
    const place = await placeFor(path);
    const file = await beginFile(path, place.draft);
    const salt = passphrase === undefined ? undefined : newSalt();
    const sealing = passphrase === undefined || salt === undefined ? unsealed : sealedWith(passphrase, salt);
    const writer = new BackupWriter(file, place, sealing);
    const preamble: Preamble = { salt: salt?.toString("base64") ?? null };
    try {
      await writer.#bytes([Buffer.from(`${SIGNATURE}\n${JSON.stringify(preamble)}\n`)]);
    } catch (error) {
      await writer.abandon();
      throw error;
    }
    return writer;
  }

  async #bytes(pieces: readonly Buffer[]): Promise<void> {
    try {
      for (const piece of pieces) await this.#file.appendFile(piece);
    } catch (error) {
      if (["ENOSPC", "EDQUOT", "EFBIG"].includes(codeOf(error)))
        refuse("unavailable", "backup.disk-full", { path: this.#place.final ?? this.#place.draft });
      throw error;
    }
  }

  async #seal(): Promise<void> {
    let pending: Buffer = Buffer.alloc(0);
    for await (const chunk of this.#gzip as AsyncIterable<Buffer>) {
      pending = Buffer.concat([pending, chunk]);
      for (; pending.length >= PIECE_BYTES; pending = pending.subarray(PIECE_BYTES)) {
        await this.#put(pending.subarray(0, PIECE_BYTES));
      }
    }
    if (pending.length > 0) await this.#put(pending);
    await this.#put(Buffer.alloc(0));
  }

  async #put(piece: Buffer): Promise<void> {
    const sealed = this.#sealing.seal(piece);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(sealed.length);
    await this.#bytes([length, sealed]);
  }

  /** Throws what kept earlier bytes from the disk. */
  async write(bytes: Buffer | string): Promise<void> {
    if (this.#hasFailed) return this.#sealed;
    if (!this.#gzip.write(bytes)) await Promise.race([once(this.#gzip, "drain"), this.#sealed]);
  }

  /** Resolves when everything is on the disk under the wished name. */
  async end(): Promise<void> {
    this.#gzip.end();
    await this.#sealed;
    // A pipe has no disk to wait for.
    if (this.#place.final !== undefined) await this.#file.sync();
    await this.#file.close();
    await name(this.#place);
  }

  /** Gives up, and leaves nothing behind. */
  async abandon(): Promise<void> {
    this.#gzip.destroy();
    await this.#sealed.catch(() => undefined);
    await this.#file.close().catch(() => undefined);
    if (this.#place.final !== undefined) await rm(this.#place.draft, { force: true });
  }
}

/** Takes bytes out of a stream in the amounts that are asked for. */
class Taker {
  readonly #source: AsyncIterator<Buffer>;
  #pending: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    try {
      const next = await this.#source.next();
      if (next.done) return false;
      this.#pending = Buffer.concat([this.#pending, next.value]);
      return true;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      // What gzip says of an end that comes too early, and of everything else.
      if (codeOf(error) === "Z_BUF_ERROR") return refuse("invalid", "backup.cut-off");
      if (codeOf(error).startsWith("Z_")) return refuse("invalid", "backup.damaged");
      throw error;
    }
  }

  /** Exactly that many bytes; refuses when the stream ends before. */
  async take(length: number): Promise<Buffer> {
    while (this.#pending.length < length) if (!(await this.#more())) return refuse("invalid", "backup.cut-off");
    const taken = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    return taken;
  }

  /** Up to the next line end, without it. */
  async line(longest: number): Promise<string> {
    for (;;) {
      const end = this.#pending.indexOf(10);
      const known = end === -1 ? this.#pending.length : end;
      if (known > longest) return refuse("invalid", "backup.not-a-backup");
      if (end !== -1) return (await this.take(end + 1)).subarray(0, end).toString("latin1");
      if (!(await this.#more())) return refuse("invalid", "backup.not-a-backup");
    }
  }

  async isAtEnd(): Promise<boolean> {
    while (this.#pending.length === 0) if (!(await this.#more())) return true;
    return false;
  }
}

function sealingFor(preamble: Preamble, passphrase: string | undefined): Sealing {
  if (preamble.salt === null) return unsealed;
  if (passphrase === undefined) return refuse("invalid", "backup.passphrase-needed");
  return sealedWith(passphrase, Buffer.from(preamble.salt, "base64"));
}

function readPreamble(line: string): Preamble {
  try {
    // Made by `BackupWriter`; anything else fails right here or at the first piece.
    const preamble = JSON.parse(line) as Partial<Preamble> | null;
    if (preamble !== null && (preamble.salt === null || typeof preamble.salt === "string"))
      return { salt: preamble.salt };
  } catch {
    // Said below.
  }
  return refuse("invalid", "backup.damaged");
}

async function* pieces(taker: Taker, sealing: Sealing): AsyncGenerator<Buffer> {
  for (let number = 0; ; number++) {
    const length = (await taker.take(4)).readUInt32BE();
    if (length > LONGEST_PIECE) refuse("invalid", "backup.damaged");
    const sealed = await taker.take(length);
    let piece: Buffer;
    try {
      piece = sealing.open(sealed);
    } catch {
      return refuse("invalid", number === 0 ? "backup.wrong-passphrase" : "backup.damaged");
    }
    if (piece.length === 0) break;
    yield piece;
  }
  if (!(await taker.isAtEnd())) refuse("invalid", "backup.damaged");
}

async function readable(path: string): Promise<ReadStream> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) return refuse("not-found", "backup.no-such-file", { path });
  if (there.isDirectory()) return refuse("invalid", "backup.not-a-backup");
  return createReadStream(path, { highWaterMark: PIECE_BYTES });
}

/** The bytes that went into a backup, in amounts that are asked for. */
export interface OpenedBackup {
  take(length: number): Promise<Buffer>;
  /** Bytes of the file that have been read by now. */
  bytesRead(): number;
  /** Refuses when anything is left, or when the end of the file is missing or was changed. */
  finish(): Promise<void>;
  close(): void;
}

/** Reads what a `BackupWriter` wrote. Refuses a file that is cut off, damaged or not ours, and a wrong passphrase. */
export async function openBackup(path: string, passphrase: string | undefined): Promise<OpenedBackup> {
  const file = await readable(path);
  const taker = new Taker(file as AsyncIterable<Buffer>);
  try {
    if ((await taker.line(64)) !== SIGNATURE) refuse("invalid", "backup.not-a-backup");
    const sealing = sealingFor(readPreamble(await taker.line(4096)), passphrase);
    const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
    const fed = pipeline(Readable.from(pieces(taker, sealing), { objectMode: false }), gunzip);
    // Its failure reaches whoever takes, through the stream.
    fed.catch(() => undefined);
    const plain = new Taker(gunzip as AsyncIterable<Buffer>);
    return {
      take: (length) => plain.take(length),
      bytesRead: () => file.bytesRead,
      finish: async () => {
        if (!(await plain.isAtEnd())) refuse("invalid", "backup.damaged");
        await fed;
      },
      close: () => {
        gunzip.destroy();
        file.destroy();
      },
    };
  } catch (error) {
    file.destroy();
    throw error;
  }
}
