import { contrastOf, hexOf, oklchOf, type Oklch } from "./oklch.ts";
import { CONTROL, type HubPalette, plainDark, plainLight, TEXT } from "./palette.ts";

/** A logo is small, and as base64 in JSON it has to stay below what the API takes. In bytes. */
export const LOGO_BYTES = 512 * 1024;

/** What the team chose: `#rrggbb` in small letters. */
export interface BrandColours {
  readonly brand: string;
  /** For the bell and the edge of notes; null takes the brand's colour. */
  readonly second: string | null;
}

/** Both looks of a hub. */
export interface HubLook {
  readonly light: HubPalette;
  readonly dark: HubPalette;
}

/** One step of lightness: finer than an eye tells apart side by side. */
const STEP = 0.004;

/** The colour nearest to this one that reaches a contrast on every ground: darker in light, lighter in dark, of the same hue. */
function fitted(colour: string, rule: { on: readonly string[]; least: number; step: number }): string {
  const { on, least, step } = rule;
  const isGood = (hex: string): boolean => on.every((ground) => contrastOf(hex, ground) >= least);
  if (isGood(colour)) return colour;
  const start = oklchOf(colour);
  let { light } = start;
  let found = colour;
  while (!isGood(found) && light >= 0 && light <= 1) {
    light += step;
    found = hexOf({ ...start, light });
  }
  return found;
}

/** Lightness of neutral colours, and the most of the brand's colour that is mixed into each. */
type Neutrals = Readonly<Record<"paper" | "card" | "quiet" | "line" | "ink" | "soft", readonly [number, number]>>;

const lightNeutrals: Neutrals = {
  paper: [0.981, 0.005],
  card: [1, 0],
  quiet: [0.947, 0.012],
  line: [0.905, 0.014],
  ink: [0.225, 0.014],
  soft: [0.458, 0.02],
};
const darkNeutrals: Neutrals = {
  paper: [0.205, 0.008],
  card: [0.236, 0.01],
  quiet: [0.272, 0.013],
  line: [0.334, 0.016],
  ink: [0.931, 0.011],
  soft: [0.741, 0.02],
};

/** How much of the brand's own colourfulness its tint has at most: a grey brand stays grey. */
const TINT = 0.15;

function tinted(neutrals: Neutrals, brand: Oklch): Record<keyof Neutrals, string> {
  const tint = ([light, most]: readonly [number, number]): string =>
    hexOf({ light, chroma: Math.min(most, brand.chroma * TINT), hue: brand.hue });
  const { paper, card, quiet, line, ink, soft } = neutrals;
  return {
    paper: tint(paper),
    card: tint(card),
    quiet: tint(quiet),
    line: tint(line),
    ink: tint(ink),
    soft: tint(soft),
  };
}

/** White where it can be read, else the darkest of the page's own colours, else black: one of them always can. */
function readableOn(fill: string, dark: string): string {
  return ["#ffffff", dark].find((text) => contrastOf(text, fill) >= TEXT) ?? "#000000";
}

function paletteOf(colours: BrandColours, plain: HubPalette): HubPalette {
  const isLight = plain === plainLight;
  const neutrals = tinted(isLight ? lightNeutrals : darkNeutrals, oklchOf(colours.brand));
  const { paper, card, quiet } = neutrals;
  const { warnGround, goodGround, good, danger } = plain;
  const step = isLight ? -STEP : STEP;
  const anywhere = [paper, card, quiet, warnGround];
  const fill = fitted(colours.brand, { on: [paper, card, quiet], least: CONTROL, step });
  const dark = isLight ? neutrals.ink : paper;
  return {
    ...neutrals,
    ink: fitted(neutrals.ink, { on: anywhere, least: TEXT, step }),
    soft: fitted(neutrals.soft, { on: anywhere, least: TEXT, step }),
    accent: fitted(colours.brand, { on: anywhere, least: TEXT, step }),
    fill,
    onFill: readableOn(fill, dark),
    bell: fitted(colours.second ?? colours.brand, { on: anywhere, least: CONTROL, step }),
    good: fitted(good, { on: [goodGround, card], least: TEXT, step }),
    goodGround,
    warnGround,
    danger: fitted(danger, { on: [paper, card, quiet], least: TEXT, step }),
  };
}

/**
 * All colours of a hub from the one or two of its brand, in light and in dark. Whatever is chosen, every pair of `pairs`
 * reaches its contrast; a colour that does not is moved to the nearest lightness that does, and keeps its hue.
 */
export function lookOf(colours: BrandColours | undefined): HubLook {
  if (colours === undefined) return { light: plainLight, dark: plainDark };
  return { light: paletteOf(colours, plainLight), dark: paletteOf(colours, plainDark) };
}

/** What became of the chosen colour in one look: nothing, or buttons, links or both are of another lightness. */
export type ColourFate = "kept" | "links" | "both";

/** Tells what became of the brand's colour, for whoever chose it. */
export function fateOf(brand: string, palette: HubPalette): ColourFate {
  if (palette.fill !== brand) return "both";
  return palette.accent === brand ? "kept" : "links";
}
