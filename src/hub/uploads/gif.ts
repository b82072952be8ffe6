import { BrokenPicture, type CleanPicture, PictureReader } from "./picture.ts";

/** Blocks of GIF89a, sections 20 to 27. */
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;
const CONTROL = 0xf9;
const APPLICATION = 0xff;

/** A longer animation is a film; each frame costs the reader a whole picture. */
const MOST_FRAMES = 500;

function passBlocks(reader: PictureReader): void {
  for (let length = reader.byte(); length > 0; length = reader.byte()) reader.take(length);
}

/** Steps over the table of colours whose size a byte of flags tells. */
function passColours(reader: PictureReader, flags: number): void {
  if ((flags & 0x80) !== 0) reader.take(3 * 2 ** ((flags & 0x07) + 1));
}

/** Steps over an extension and says whether it belongs to the picture: its timing, and how often an animation repeats. */
function passExtension(reader: PictureReader): boolean {
  const label = reader.byte();
  const start = reader.at;
  passBlocks(reader);
  const content = reader.since(start);
  if (label === CONTROL) return true;
  // One block with the name, one of three bytes with the number, and the end: nothing else fits into it.
  return label === APPLICATION && content.length === 17 && content.toString("latin1", 1, 12) === "NETSCAPE2.0";
}

/** A GIF without comments, texts and foreign blocks, and without whatever stands behind its end. */
export function cleanGif(bytes: Buffer): CleanPicture {
  const reader = new PictureReader(bytes);
  if (!/^GIF8[79]a$/.test(reader.take(6).toString("latin1"))) throw new BrokenPicture();
  const screen = reader.take(7);
  passColours(reader, screen.readUInt8(4));
  const kept: Buffer[] = [reader.since(0)];
  let frames = 0;
  for (;;) {
    const start = reader.at;
    const block = reader.byte();
    if (block === TRAILER) break;
    if (block === EXTENSION) {
      if (passExtension(reader)) kept.push(reader.since(start));
    } else if (block === IMAGE) {
      passColours(reader, reader.take(9).readUInt8(8));
      reader.byte();
      passBlocks(reader);
      kept.push(reader.since(start));
      frames += 1;
    } else throw new BrokenPicture();
  }
  const [width, height] = [screen.readUInt16LE(0), screen.readUInt16LE(2)];
  if (frames === 0 || frames > MOST_FRAMES || width === 0 || height === 0) throw new BrokenPicture();
  return { format: "gif", width, height, bytes: Buffer.concat([...kept, Buffer.from([TRAILER])]) };
}
