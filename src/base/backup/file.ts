import { once } from "node:events";
import { createReadStream } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { createGunzip, createGzip, constants } from "node:zlib";
import { refuse } from "../refusal.ts";
import { newSalt, PIECE_BYTES, sealedWith, unsealed, type Sealing } from "./sealing.ts";

/** The first line of every backup file. */
const SIGNATURE = "VECHE BACKUP 1";

/** A sealed piece is the plain one and a tag of 16 bytes; anything longer did not come from us. */
const LONGEST_PIECE = PIECE_BYTES + 64;

interface Preamble {
  readonly salt: string | null;
}

/** Writes one stream of bytes into a file: compressed, and sealed when there is a passphrase. */
export class BackupWriter {
  readonly #file: FileHandle;
  readonly #sealing: Sealing;
  readonly #gzip = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: PIECE_BYTES });
  readonly #sealed: Promise<void>;

  private constructor(file: FileHandle, sealing: Sealing) {
    this.#file = file;
    this.#sealing = sealing;
    this.#sealed = this.#seal();
    // Whoever waits for `end` hears of a failure; `write` then waits for nothing.
    this.#sealed.catch((error: unknown) => this.#gzip.destroy(error instanceof Error ? error : undefined));
  }

  /** Begins a new file, readable by its owner alone; throws EEXIST when there is one already. */
  static async begin(path: string, passphrase: string | undefined): Promise<BackupWriter> {
    const file = await open(path, "wx", 0o600);
    const salt = passphrase === undefined ? undefined : newSalt();
    const preamble: Preamble = { salt: salt?.toString("base64") ?? null };
    await file.write(`${SIGNATURE}\n${JSON.stringify(preamble)}\n`);
    const sealing = passphrase === undefined || salt === undefined ? unsealed : sealedWith(passphrase, salt);
    return new BackupWriter(file, sealing);
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
    await this.#file.writev([length, sealed]);
  }

  async write(bytes: Buffer | string): Promise<void> {
    if (!this.#gzip.write(bytes)) await once(this.#gzip, "drain");
  }

  /** Resolves when everything is on the disk. */
  async end(): Promise<void> {
    this.#gzip.end();
    await this.#sealed;
    await this.#file.sync();
    await this.#file.close();
  }

  /** Gives up; the file stays as far as it got. */
  async abandon(): Promise<void> {
    this.#gzip.destroy();
    await this.#file.close();
  }
}

/** Takes bytes out of a stream in the amounts that are asked for. */
class Taker {
  readonly #source: AsyncIterator<Buffer>;
  #pending: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Exactly that many bytes; refuses when the file ends before. */
  async take(length: number): Promise<Buffer> {
    while (this.#pending.length < length) {
      const next = await this.#source.next();
      if (next.done) return refuse("invalid", "backup.cut-off");
      this.#pending = Buffer.concat([this.#pending, next.value]);
    }
    const taken = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    return taken;
  }

  /** Up to the next line end, without it. */
  async line(longest: number): Promise<string> {
    let line = "";
    for (;;) {
      const character = (await this.take(1)).toString("latin1");
      if (character === "\n") return line;
      line += character;
      if (line.length > longest) return refuse("invalid", "backup.not-a-backup");
    }
  }
}

function sealingFor(preamble: Preamble, passphrase: string | undefined): Sealing {
  if (preamble.salt === null) return unsealed;
  if (passphrase === undefined) return refuse("invalid", "backup.passphrase-needed");
  return sealedWith(passphrase, Buffer.from(preamble.salt, "base64"));
}

async function* pieces(taker: Taker, sealing: Sealing): AsyncGenerator<Buffer> {
  for (;;) {
    const length = (await taker.take(4)).readUInt32BE();
    if (length > LONGEST_PIECE) refuse("invalid", "backup.damaged");
    const sealed = await taker.take(length);
    let piece: Buffer;
    try {
      piece = sealing.open(sealed);
    } catch {
      return refuse("invalid", "backup.wrong-passphrase-or-damaged");
    }
    if (piece.length === 0) return;
    yield piece;
  }
}

/** Reads what a `BackupWriter` wrote, in amounts that are asked for. Refuses a file that is cut off, damaged or not ours. */
export async function openBackup(
  path: string,
  passphrase: string | undefined,
): Promise<{ take(length: number): Promise<Buffer> }> {
  const taker = new Taker(createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>);
  if ((await taker.line(64)) !== SIGNATURE) refuse("invalid", "backup.not-a-backup");
  const preamble = JSON.parse(await taker.line(4096)) as Preamble;
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  const plain = new Taker(gunzip as AsyncIterable<Buffer>);
  const feed = async (): Promise<void> => {
    for await (const piece of pieces(taker, sealingFor(preamble, passphrase))) {
      if (!gunzip.write(piece)) await once(gunzip, "drain");
    }
    gunzip.end();
  };
  // A failure of the feeding side reaches whoever takes.
  feed().catch((error: unknown) => gunzip.destroy(error instanceof Error ? error : new Error("reading failed")));
  return plain;
}
