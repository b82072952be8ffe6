import { crc32, deflateSync } from "node:zlib";

/** Pixels row by row: red, green, blue and how solid, each 0 to 255; the colours are not multiplied by it. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** RFC 2083, 6.6. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** Filters 0 to 4 of RFC 2083, 6: what is foretold of a byte from those beside and above it. */
const foretold: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

/** A row under the filter whose differences are smallest, as the standard advises in 9.6. */
function filtered(row: Uint8Array, above: Uint8Array, step: number): Uint8Array {
  let best = new Uint8Array(0);
  let least = Infinity;
  foretold.forEach((guess, kind) => {
    const line = new Uint8Array(row.length + 1);
    line[0] = kind;
    let sum = 0;
    for (let i = 0; i < row.length; i += 1) {
      const corner = i >= step ? (above[i - step] ?? 0) : 0;
      const rest = ((row[i] ?? 0) - guess(i >= step ? (row[i - step] ?? 0) : 0, above[i] ?? 0, corner)) & 0xff;
      line[i + 1] = rest;
      sum += rest < 128 ? rest : 256 - rest;
    }
    if (sum >= least) return;
    [best, least] = [line, sum];
  });
  return best;
}

/** A PNG of these pixels, packed as small as one can; without a channel for what is clear where nothing is. */
export function encodePng({ width, height, pixels }: Raster): Buffer {
  const isSolid = pixels.every((value, i) => i % 4 !== 3 || value === 255);
  const step = isSolid ? 3 : 4;
  const bytes = isSolid ? pixels.filter((_, i) => i % 4 !== 3) : pixels;
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, isSolid ? 2 : 6, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const length = width * step;
  const rows = Array.from({ length: height }, (_, y) => {
    const above = y === 0 ? new Uint8Array(length) : bytes.subarray((y - 1) * length, y * length);
    return filtered(bytes.subarray(y * length, (y + 1) * length), above, step);
  });
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
