import { crc32, deflateSync } from "node:zlib";

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A grey PNG of this size. `tells` is written into it beside the picture, as cameras and programs do. */
export function testPicture(width = 3, height = 2, tells?: string): Buffer<ArrayBuffer> {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const rows = Buffer.alloc(Math.min(height, 1000) * (Math.min(width, 1000) + 1), 0x77);
  for (let row = 0; row < Math.min(height, 1000); row += 1) rows[row * (Math.min(width, 1000) + 1)] = 0;
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    ...(tells === undefined
      ? []
      : [chunk("tEXt", Buffer.from(`Location\0${tells}`)), chunk("eXIf", Buffer.from(tells))]),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
