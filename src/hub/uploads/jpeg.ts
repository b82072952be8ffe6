import { BrokenPicture, type CleanPicture, PictureReader } from "./picture.ts";

/** Markers by ITU T.81, table B.1. */
const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const JFIF = 0xe0;
const EXIF = 0xe1;
const ADOBE = 0xee;
const COMMENT = 0xfe;

/** Frames; 0xc4, 0xc8 and 0xcc between them are tables and a reserved marker. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Without a length: restarts and the temporary marker. */
const isBare = (marker: number): boolean => (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01;
/** Application segments and comments tell of the picture; the Adobe one says how its colours are meant, JFIF how it is to be read. */
const isTale = (marker: number): boolean => marker === COMMENT || (marker >= JFIF && marker <= 0xef);

const ORIENTATION_TAG = 0x0112;

/** Which way up the picture is shown, 1 to 8 by the Exif standard, 4.6.4 A. */
function orientationIn(segment: Buffer): number {
  if (segment.toString("latin1", 0, 6) !== "Exif\0\0" || segment.length < 14) return 1;
  const tiff = segment.subarray(6);
  const isLittle = tiff.toString("latin1", 0, 2) === "II";
  const short = (at: number): number =>
    at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const count = Math.min(short(first), 200);
  for (let n = 0; n < count; n += 1) {
    const entry = first + 2 + n * 12;
    if (short(entry) !== ORIENTATION_TAG) continue;
    const value = short(entry + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** An Exif segment that says which way up and nothing else. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write("MM\0*", "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION_TAG, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const content = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  return segmentOf(EXIF, content);
}

function segmentOf(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** The compressed picture behind a scan's head, up to the next marker that is not part of it. */
function scanFrom(reader: PictureReader): Buffer {
  const start = reader.at;
  for (;;) {
    if (reader.byte() !== 0xff) continue;
    const next = reader.byte();
    if (next === 0xff) reader.at -= 1;
    else if (next !== 0 && !isBare(next)) {
      reader.at -= 2;
      return reader.since(start);
    }
  }
}

function nextMarker(reader: PictureReader): number {
  if (reader.byte() !== 0xff) throw new BrokenPicture();
  let marker = 0xff;
  while (marker === 0xff) marker = reader.byte();
  return marker;
}

/** What a segment adds to the clean picture. */
function keptOf(marker: number, content: Buffer): Buffer | undefined {
  if (!isTale(marker)) return segmentOf(marker, content);
  if (marker === JFIF && content.toString("latin1", 0, 5) === "JFIF\0" && content.length >= 14) {
    // Its thumbnail, of which nobody sees that it shows something else, goes.
    const head = Buffer.from(content.subarray(0, 14));
    head.writeUInt16BE(0, 12);
    return segmentOf(marker, head);
  }
  if (marker === ADOBE && content.toString("latin1", 0, 5) === "Adobe" && content.length >= 12)
    return segmentOf(marker, content.subarray(0, 12));
  return undefined;
}

/** A JPEG without Exif, XMP, profiles, comments, thumbnails and whatever stands behind its end; which way up it is stays. */
export function cleanJpeg(bytes: Buffer): CleanPicture {
  const reader = new PictureReader(bytes);
  if (nextMarker(reader) !== START) throw new BrokenPicture();
  const kept: Buffer[] = [];
  let orientation = 1;
  let size: { width: number; height: number } | undefined;
  for (;;) {
    const marker = nextMarker(reader);
    if (marker === END) break;
    if (isBare(marker) || marker === START) throw new BrokenPicture();
    const content = reader.take(reader.take(2).readUInt16BE() - 2);
    if (marker === EXIF && orientation === 1) orientation = orientationIn(content);
    if (isFrame(marker) && content.length >= 5 && size === undefined)
      size = { height: content.readUInt16BE(1), width: content.readUInt16BE(3) };
    const stays = keptOf(marker, content);
    if (stays !== undefined) kept.push(stays);
    if (marker === SCAN) kept.push(scanFrom(reader));
  }
  if (size === undefined || size.width === 0 || size.height === 0) throw new BrokenPicture();
  const head = orientation === 1 ? [] : [orientationSegment(orientation)];
  const isTurned = orientation >= 5;
  return {
    format: "jpeg",
    width: isTurned ? size.height : size.width,
    height: isTurned ? size.width : size.height,
    bytes: Buffer.concat([Buffer.from([0xff, START]), ...head, ...kept, Buffer.from([0xff, END])]),
    ...(orientation === 1 ? {} : { orientation }),
  };
}
