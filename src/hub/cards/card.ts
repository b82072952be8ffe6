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

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const encoded = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? "");

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

/** The picture as SVG, with the subsets of the font that it takes. Whatever people wrote stands in it as text and nothing else. */
export function cardSvg({ above, title, community, colours }: Card): { svg: string; fonts: string[] } {
  const [line, whole, name] = [drawable(above), drawable(title), drawable(community)];
  const isAlone = whole === "" || whole === name;
  const { size, lines } = titleLines(isAlone ? name : whole);
  const height = size * 1.2;
  const top = 300 - ((lines.length - 1) * height) / 2 + size * 0.35;
  const titles = lines.map((words, i) =>
    text(words, { x: LEFT, y: Math.round(top + i * height), size, fill: colours.ink, isBold: true }),
  );
  const over = cut(line, ROOM / 34);
  const foot = isAlone ? "" : cut(name, (ROOM - 70) / 36);
  const { width, height: down } = CARD;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${down}" viewBox="0 0 ${width} ${down}"><rect width="${width}" height="${down}" fill="${colours.paper}"/><rect width="20" height="${down}" fill="${colours.accent}"/>${text(over, { x: LEFT, y: 118, size: 34, fill: colours.soft })}${titles.join("")}<g transform="translate(${LEFT - 6} 508) scale(2.2)" fill="none" stroke="${colours.bell}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${bell}</g>${text(foot, { x: LEFT + 62, y: 548, size: 36, fill: colours.ink })}</svg>`;
  return { svg, fonts: fontsOf([over, foot, ...lines]) };
}
