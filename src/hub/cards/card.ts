import { encoded } from "#src/base/encoded.ts";
import { cut, drawable, fontsOf, linesOf } from "./lines.ts";

/** A picture for links, 1200 by 630 pixels: the size that messengers and networks ask for (ogp.me, developers of each). */
export const CARD = { width: 1200, height: 630 } as const;

/** What stands on a picture for a link. */
export interface Card {
  /** A line above the title, such as the board; may be empty. */
  readonly above: string;
  readonly title: string;
  readonly community: string;
  readonly colours: CardColours;
  /** In place of the bell. */
  readonly logo?: CardLogo | undefined;
}

/** A PNG with its size in pixels: it is drawn as large as it is, at most 384 by 96. */
export interface CardLogo {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Colours as `#rrggbb`. */
export interface CardColours {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly accent: string;
  readonly bell: string;
}

const LEFT = 88;
const ROOM = CARD.width - LEFT * 2;
const SIZES = [84, 72, 60] as const;
/** The font has one weight: strokes of this share of the size make it bold, and every letter so much wider. */
const BOLD = 0.028;

function text(words: string, at: { x: number; y: number; size: number; fill: string; isBold?: boolean }): string {
  const { x, y, size, fill, isBold = false } = at;
  const bold = isBold ? ` stroke="${fill}" stroke-width="${(size * BOLD).toFixed(1)}" stroke-linejoin="round"` : "";
  return `<text x="${x}" y="${y}" font-family="Inter Variable" font-size="${size}" fill="${fill}"${bold}>${encoded(words)}</text>`;
}

/** The title in the largest size in which it takes two lines, else in three of the smallest. */
function titleLines(title: string): { size: number; lines: string[] } {
  const roomy = SIZES.find((size) => linesOf(title, { most: ROOM / size, count: 3 }).length <= 2) ?? SIZES[2];
  return { size: roomy, lines: linesOf(title, { most: ROOM / roomy, count: 3 }) };
}

const bell = `<path d="M5 17h14c-2-2-2-4-2-7a5 5 0 0 0-10 0c0 3 0 5-2 7z"/><path d="M10 20a2 2 0 0 0 4 0"/>`;

const MIDDLE = 535;
const BESIDE = 24;

/** What stands in the lower corner, and where the community's name begins beside it. */
function markOf({ colours, logo }: Pick<Card, "colours" | "logo">): { mark: string; beside: number } {
  if (logo === undefined) {
    const mark = `<g transform="translate(${LEFT - 6} 508) scale(2.2)" fill="none" stroke="${colours.bell}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${bell}</g>`;
    return { mark, beside: LEFT + 62 };
  }
  const { png, width, height } = logo;
  const mark = `<image href="data:image/png;base64,${png.toString("base64")}" x="${LEFT}" y="${MIDDLE - Math.round(height / 2)}" width="${width}" height="${height}"/>`;
  return { mark, beside: LEFT + width + BESIDE };
}

/** The picture as SVG, with the subsets of the font that it takes. Whatever people wrote stands in it as text and nothing else. */
export function cardSvg({ above, title, community, colours, logo }: Card): { svg: string; fonts: string[] } {
  const [line, whole, name] = [drawable(above), drawable(title), drawable(community)];
  const isAlone = whole === "" || whole === name;
  const { size, lines } = titleLines(isAlone ? name : whole);
  const height = size * 1.2;
  const top = 300 - ((lines.length - 1) * height) / 2 + size * 0.35;
  const titles = lines.map((words, i) =>
    text(words, { x: LEFT, y: Math.round(top + i * height), size, fill: colours.ink, isBold: true }),
  );
  const { mark, beside } = markOf({ colours, logo });
  const over = cut(line, ROOM / 34);
  const foot = isAlone ? "" : cut(name, (CARD.width - LEFT - beside - 8) / 36);
  const { width, height: down } = CARD;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${down}" viewBox="0 0 ${width} ${down}"><rect width="${width}" height="${down}" fill="${colours.paper}"/><rect width="20" height="${down}" fill="${colours.accent}"/>${text(over, { x: LEFT, y: 118, size: 34, fill: colours.soft })}${titles.join("")}${mark}${text(foot, { x: beside, y: 548, size: 36, fill: colours.ink })}</svg>`;
  return { svg, fonts: fontsOf([over, foot, ...lines]) };
}
