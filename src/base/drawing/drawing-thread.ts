/** The thread in which pictures are drawn and made smaller: see `drawing.ts`. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { encodePng, type Raster } from "./png-encoder.ts";
import { shrink } from "./shrink.ts";
import type { DrawingAnswer, DrawingWork, SourcePicture } from "./work.ts";

type Scaling = Extract<DrawingWork, { kind: "scale" }>;
type Rendering = InstanceType<typeof Resvg>;

const find = createRequire(import.meta.url);
const fonts = new Map<string, Uint8Array>();
/** The drawing program takes the nearest pixels where it makes a picture much smaller: it does so down to this, and we the rest. */
const FIRST_SIDE = 1536;

function fontOf(name: string): Uint8Array {
  const known = fonts.get(name);
  if (known !== undefined) return known;
  const font = readFileSync(find.resolve(`@fontsource-variable/inter/files/inter-${name}-wght-normal.woff2`));
  fonts.set(name, font);
  return font;
}

function rendered<T>(svg: string, names: readonly string[], take: (image: ReturnType<Rendering["render"]>) => T): T {
  const font = { fontBuffers: names.map(fontOf), defaultFontFamily: "Inter Variable" };
  const drawing = new Resvg(svg, { font });
  const image = drawing.render();
  try {
    return take(image);
  } finally {
    image.free();
    drawing.free();
  }
}

/** How bytes that lie in one of eight ways come to lie upright; `width` and `height` are those of the upright picture. */
function turning({ orientation, width, height }: SourcePicture): string {
  const matrices: Readonly<Record<number, string>> = {
    2: `-1 0 0 1 ${width} 0`,
    3: `-1 0 0 -1 ${width} ${height}`,
    4: `1 0 0 -1 0 ${height}`,
    5: "0 1 1 0 0 0",
    6: `0 1 -1 0 ${width} 0`,
    7: `0 -1 -1 0 ${width} ${height}`,
    8: `0 -1 1 0 0 ${height}`,
  };
  return matrices[orientation] ?? "1 0 0 1 0 0";
}

/** What of the picture is shown, in its own pixels. */
function boxOf({ picture: { width, height }, crop }: Scaling): { x: number; y: number; width: number; height: number } {
  if (crop === "whole") return { x: 0, y: 0, width, height };
  const side = crop === "square" ? Math.min(width, height) : Math.max(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side };
}

function firstRaster(work: Scaling, least: number): Raster {
  const { picture } = work;
  const box = boxOf(work);
  const longest = Math.max(box.width, box.height);
  const factor = Math.min(Math.max(longest, least), FIRST_SIDE) / longest;
  const [width, height] = [box.width, box.height].map((side) => Math.max(1, Math.round(side * factor)));
  const isLying = picture.orientation >= 5;
  const [rawWidth, rawHeight] = isLying ? [picture.height, picture.width] : [picture.width, picture.height];
  const address = `data:image/${picture.format};base64,${Buffer.from(picture.bytes).toString("base64")}`;
  const image = `<image href="${address}" width="${rawWidth}" height="${rawHeight}" preserveAspectRatio="none" transform="matrix(${turning(picture)})"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${box.x} ${box.y} ${box.width} ${box.height}">${image}</svg>`;
  return rendered(svg, [], ({ width: across, height: down, pixels }) => ({ width: across, height: down, pixels }));
}

function onPaper({ width, height, pixels }: Raster, paper: string): Raster {
  const colour = Buffer.from(paper.slice(1), "hex");
  const laid = Uint8Array.from(pixels, (value, i) => {
    const clear = 255 - (pixels[i - (i % 4) + 3] ?? 0);
    return i % 4 === 3 ? 255 : Math.min(255, value + Math.round(((colour[i % 4] ?? 0) * clear) / 255));
  });
  return { width, height, pixels: laid };
}

/** What cannot be read as a picture leaves everything clear. */
function isBlank({ pixels }: Raster): boolean {
  return pixels.every((value, i) => i % 4 !== 3 || value === 0);
}

function scaled(work: Scaling): DrawingAnswer {
  const least = Math.max(...work.wanted.flatMap(({ width, height }) => [width, height]));
  const first = firstRaster(work, least);
  if (isBlank(first)) return [];
  const raster = work.paper === undefined ? first : onPaper(first, work.paper);
  return work.wanted.map((size) => encodePng(shrink(raster, size)));
}

await initWasm(readFileSync(find.resolve("@resvg/resvg-wasm/index_bg.wasm")));

parentPort?.on("message", (work: DrawingWork) => {
  const made = work.kind === "scale" ? scaled(work) : [rendered(work.svg, work.fonts, (image) => image.asPng())];
  parentPort?.postMessage(made, []);
});
