import { crc32 } from "node:zlib";
import { BrokenPicture, type CleanPicture, PictureReader } from "./picture.ts";

/** The first eight bytes of every PNG (RFC 2083, 3.1). */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Chunks that make the picture or its animation; every other one tells of it. */
const KEPT = new Set(["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "acTL", "fcTL", "fdAT"]);

/** A PNG without texts, times, Exif and profiles, and without whatever stands behind its end. */
export function cleanPng(bytes: Buffer): CleanPicture {
  const reader = new PictureReader(bytes);
  if (!reader.take(SIGNATURE.length).equals(SIGNATURE)) throw new BrokenPicture();
  const kept: Buffer[] = [SIGNATURE];
  let size: { width: number; height: number } | undefined;
  let isDrawn = false;
  for (;;) {
    const start = reader.at;
    const length = reader.take(4).readUInt32BE();
    const type = reader.take(4).toString("latin1");
    const content = reader.take(length);
    const sum = reader.take(4).readUInt32BE();
    if (size === undefined && (type !== "IHDR" || length !== 13)) throw new BrokenPicture();
    size ??= { width: content.readUInt32BE(0), height: content.readUInt32BE(4) };
    if (KEPT.has(type)) {
      if (crc32(bytes.subarray(start + 4, start + 8 + length)) !== sum) throw new BrokenPicture();
      kept.push(reader.since(start));
    }
    if (type === "IDAT") isDrawn = true;
    if (type === "IEND") break;
  }
  if (!isDrawn || size.width === 0 || size.height === 0) throw new BrokenPicture();
  return { format: "png", ...size, bytes: Buffer.concat(kept) };
}
