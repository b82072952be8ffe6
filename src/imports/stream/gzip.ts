import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { refuse } from "#src/base/refusal.ts";
import { CHUNK_BYTES, RATIO_FROM_BYTES, UNPACKED_BYTES, UNPACKED_RATIO } from "./limits.ts";

/** Stops a file that unpacks into far more than any chat would: a bomb. */
export function checkUnpacked(unpacked: number, packed: number): void {
  const ratio = unpacked > RATIO_FROM_BYTES && unpacked > packed * UNPACKED_RATIO;
  if (ratio || unpacked > UNPACKED_BYTES) refuse("too-large", "imports.bomb");
}

function isBroken(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");
}

/**
 * The text of a .gz file. A file that was cut off gives everything before the cut; one that is damaged ends with a
 * refusal after what came before the damage.
 */
export async function* unpackGzip(
  chunks: AsyncIterable<Buffer>,
  progress: { readonly consumed: number },
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  // The file's reader uses one buffer over and over, and the stream between keeps chunks waiting: hence the copies.
  const copies = Readable.from(copied(chunks), { objectMode: true, highWaterMark: 1 });
  const done = pipeline(copies, gunzip).catch((error: unknown) => error);
  let unpacked = 0;
  try {
    const unpackedChunks: AsyncIterable<Buffer> = gunzip;
    for await (const chunk of unpackedChunks) {
      unpacked += chunk.length;
      checkUnpacked(unpacked, progress.consumed);
      yield chunk;
    }
  } catch (error) {
    if (!isBroken(error)) throw error;
    if (error instanceof Error && "code" in error && error.code === "Z_BUF_ERROR") return;
    refuse("invalid", "imports.damaged-archive");
  } finally {
    gunzip.destroy();
    await done;
  }
}

async function* copied(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
