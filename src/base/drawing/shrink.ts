import type { Raster } from "./png-encoder.ts";

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The pixels of the source that lie under a pixel of the result, at least one. */
function spans(source: number, wanted: number): Span[] {
  return Array.from({ length: wanted }, (_, i) => {
    const from = Math.min(source - 1, Math.floor((i * source) / wanted));
    return { from, to: Math.max(from + 1, Math.floor(((i + 1) * source) / wanted)) };
  });
}

/**
 * Makes a picture smaller: each pixel is the mean of those that lie under it. `premultiplied` colours are multiplied by how
 * solid they are, as drawing programs keep them; those of the result are not.
 */
export function shrink(premultiplied: Raster, wanted: { width: number; height: number }): Raster {
  const { width, height, pixels } = premultiplied;
  const made = new Uint8Array(wanted.width * wanted.height * 4);
  const columns = spans(width, wanted.width);
  spans(height, wanted.height).forEach((rows, y) => {
    columns.forEach((column, x) => {
      const sum = [0, 0, 0, 0] as [number, number, number, number];
      for (let row = rows.from; row < rows.to; row += 1) {
        for (let at = (row * width + column.from) * 4; at < (row * width + column.to) * 4; at += 4) {
          sum[0] += pixels[at] ?? 0;
          sum[1] += pixels[at + 1] ?? 0;
          sum[2] += pixels[at + 2] ?? 0;
          sum[3] += pixels[at + 3] ?? 0;
        }
      }
      const [red, green, blue, solid] = sum;
      const count = (rows.to - rows.from) * (column.to - column.from);
      const colour = (value: number): number => (solid === 0 ? 0 : Math.min(255, Math.round((value * 255) / solid)));
      made.set([colour(red), colour(green), colour(blue), Math.round(solid / count)], (y * wanted.width + x) * 4);
    });
  });
  return { ...wanted, pixels: made };
}
