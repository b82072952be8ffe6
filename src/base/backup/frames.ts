import { refuse } from "../refusal.ts";
import type { OpenedBackup } from "./file.ts";

/** One frame of rows; small enough to be held, large enough not to be counted. */
const LONGEST_FRAME = 64 << 20;
const LONGEST_MANIFEST = 16 << 20;

/** The payload with its length before it. An empty one ends a row of frames. */
export function framed(payload: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  return Buffer.concat([length, payload]);
}

/** A value as one frame. */
export function framedJson(value: unknown): Buffer {
  return framed(Buffer.from(JSON.stringify(value)));
}

async function takeFrame(source: OpenedBackup, longest: number): Promise<Buffer> {
  const length = (await source.take(4)).readUInt32BE();
  if (length > longest) refuse("invalid", "backup.damaged");
  return source.take(length);
}

/** The next frame as the value it was made of, which the caller knows the shape of. */
export async function takeJson(source: OpenedBackup): Promise<unknown> {
  const frame = await takeFrame(source, LONGEST_MANIFEST);
  try {
    return JSON.parse(frame.toString());
  } catch {
    return refuse("invalid", "backup.damaged");
  }
}

/** The frames up to the empty one. */
export async function* takeRows(source: OpenedBackup): AsyncGenerator<Buffer> {
  for (;;) {
    const frame = await takeFrame(source, LONGEST_FRAME);
    if (frame.length === 0) return;
    yield frame;
  }
}
