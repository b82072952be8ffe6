import { BrokenPicture, type CleanPicture, PictureReader } from "./picture.ts";

/** Chunks that make the picture or its animation (RFC 9649, 2.7); profiles, Exif, XMP and unknown ones tell of it. */
const KEPT = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"]);
/** Flags of VP8X that say there is a profile, Exif or XMP. */
const TALES = 0x20 | 0x08 | 0x04;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size that a chunk tells, if it is one that does. */
function sizeIn(type: string, content: Buffer): Size | undefined {
  if (type === "VP8X" && content.length >= 10)
    return { width: content.readUIntLE(4, 3) + 1, height: content.readUIntLE(7, 3) + 1 };
  if (type === "VP8 " && content.length >= 10)
    return { width: content.readUInt16LE(6) & 0x3fff, height: content.readUInt16LE(8) & 0x3fff };
  if (type === "VP8L" && content.length >= 5 && content.readUInt8(0) === 0x2f) {
    const bits = content.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return undefined;
}

/** A WebP without Exif, XMP and profiles, and without whatever stands behind its end. */
export function cleanWebp(bytes: Buffer): CleanPicture {
  const whole = new PictureReader(bytes);
  if (whole.take(4).toString("latin1") !== "RIFF") throw new BrokenPicture();
  const reader = new PictureReader(whole.take(whole.take(4).readUInt32LE()));
  if (reader.take(4).toString("latin1") !== "WEBP") throw new BrokenPicture();
  const kept: Buffer[] = [Buffer.from("WEBP", "latin1")];
  let size: Size | undefined;
  let isDrawn = false;
  while (reader.left > 0) {
    const start = reader.at;
    const type = reader.take(4).toString("latin1");
    const length = reader.take(4).readUInt32LE();
    const content = reader.take(length);
    if (length % 2 === 1) reader.take(1);
    if (!KEPT.has(type)) continue;
    size ??= sizeIn(type, content);
    const chunk = Buffer.from(reader.since(start));
    if (type === "VP8X" && length > 0) chunk.writeUInt8(chunk.readUInt8(8) & ~TALES, 8);
    kept.push(chunk);
    isDrawn ||= type === "VP8 " || type === "VP8L" || type === "ANMF";
  }
  if (size === undefined || !isDrawn || size.width === 0 || size.height === 0) throw new BrokenPicture();
  const content = Buffer.concat(kept);
  const head = Buffer.from("RIFF\0\0\0\0", "latin1");
  head.writeUInt32LE(content.length, 4);
  return { format: "webp", ...size, bytes: Buffer.concat([head, content]) };
}
