import { expect, test } from "vitest";
import { dice } from "#src/base/testing/dice.ts";
import { style } from "../site/style.ts";
import { type BrandColours, fateOf, lookOf } from "./model.ts";
import { contrastOf, hexOf, oklchOf } from "./oklch.ts";
import { type HubPalette, pairs, variables } from "./palette.ts";
import { lookName, lookSheet } from "./sheet.ts";

const EDGES = ["#000000", "#ffffff", "#808080", "#ffff00", "#0000ff", "#00ff00", "#ff0000", "#2457a6", "#faf8f5"];

function* colours(): Generator<BrandColours> {
  for (const brand of EDGES) yield { brand, second: null };
  const throwOf = dice(7);
  const any = (): string => `#${throwOf(0x1000000).toString(16).padStart(6, "0")}`;
  for (let i = 0; i < 300; i += 1) yield { brand: any(), second: i % 2 === 0 ? any() : null };
}

/** Pairs of a look that cannot be read or seen. */
function faultsOf(palette: HubPalette): string[] {
  return pairs.flatMap(({ colour, on, least }) =>
    on
      .filter((ground) => contrastOf(palette[colour], palette[ground]) < least)
      .map((ground) => `${colour} on ${ground}`),
  );
}

test("whatever colour a brand has, everything on its hub can be read, in light and in dark", () => {
  const faults = [undefined, ...colours()].flatMap((chosen) => {
    const { light, dark } = lookOf(chosen);
    const told = (palette: HubPalette) => faultsOf(palette).map((fault) => `${JSON.stringify(chosen)}: ${fault}`);
    return [...told(light), ...told(dark)];
  });
  expect(faults).toEqual([]);
});

test("a brand's colour is changed as little as reading takes, and keeps its hue", () => {
  expect(fateOf("#8a1c5c", lookOf({ brand: "#8a1c5c", second: null }).light)).toBe("kept");
  const pink = lookOf({ brand: "#ff5aa5", second: null });
  expect([fateOf("#ff5aa5", pink.light), fateOf("#ff5aa5", pink.dark)]).toEqual(["both", "kept"]);
  for (const { brand } of colours()) {
    const chosen = oklchOf(brand);
    const { light, dark } = lookOf({ brand, second: null });
    for (const [palette, towards] of [
      [light, -1],
      [dark, 1],
    ] as const) {
      if (palette.fill === brand) continue;
      const fill = oklchOf(palette.fill);
      expect((fill.light - chosen.light) * towards).toBeGreaterThan(0);
      // One step back it could not have been seen.
      const before = hexOf({ ...chosen, light: fill.light - towards * 0.008 });
      const worst = Math.min(...[palette.paper, palette.card, palette.quiet].map((on) => contrastOf(before, on)));
      expect(worst).toBeLessThan(3.05);
      // A grey has no hue to keep.
      const turned = fill.chroma > 0.05 ? Math.abs(((fill.hue - chosen.hue + 540) % 360) - 180) : 0;
      expect(turned).toBeLessThan(6);
    }
  }
});

test("the style sheet uses no colour, and puts none together, that is not watched over", () => {
  const known = new Set(Object.values(variables));
  const used = [...style.matchAll(/var\((--[a-z-]+)\)/g)].map(([, name = ""]) => name);
  expect(used.filter((name) => !known.has(name))).toEqual([]);
  // Letters that stand for people are white on colours of their own, the same in every look.
  const letters = [...style.matchAll(/\.t\d\{background:(#[0-9a-f]{6})\}/g)].map(([, tone = ""]) => tone);
  expect(letters.filter((tone) => contrastOf("#ffffff", tone) < 4.5)).toEqual([]);
  const rest = style.replaceAll(/(?::root\S*|\.t\d|\.initial)\{[^}]*\}/g, "");
  expect(/#[0-9a-f]{3,6}[;}]/.exec(rest)?.[0]).toBeUndefined();
  const nameOf = (variable: string) => Object.entries(variables).find(([, each]) => each === variable)?.[0];
  const together = [...style.matchAll(/\{([^{}]*)\}/g)].flatMap(([, rule = ""]) => {
    const ground = /background:var\((--[a-z-]+)\)/.exec(rule)?.[1];
    const text = /(?:^|;)color:var\((--[a-z-]+)\)/.exec(rule)?.[1];
    // A spoiler is not to be read before it is opened.
    return ground === undefined || text === undefined || ground === text ? [] : [[nameOf(text), nameOf(ground)]];
  });
  const watched = pairs.flatMap(({ colour, on }) => on.map((ground) => `${colour} on ${ground}`));
  expect(together.length).toBeGreaterThan(5);
  expect(together.map(([text, ground]) => `${text} on ${ground}`).filter((pair) => !watched.includes(pair))).toEqual(
    [],
  );
});

test("a brand's colours lie in a small file whose name says what is in it", () => {
  const name = lookName({ brand: "#ff5aa5", second: "#00aa55" });
  expect(name).toBe("look-1-ff5aa5-00aa55.css");
  expect(lookSheet(name)).toContain(`--fill:${lookOf({ brand: "#ff5aa5", second: "#00aa55" }).light.fill}`);
  const [light = "", byChoice = "", byDevice = ""] = (lookSheet(name) ?? "").split("\n");
  const { dark } = lookOf({ brand: "#ff5aa5", second: "#00aa55" });
  expect(light).toContain("color-scheme:light");
  for (const sheet of [byChoice, byDevice]) expect(sheet).toContain(`color-scheme:dark;--paper:${dark.paper};`);
  expect((lookSheet(name) ?? "").length).toBeLessThan(2000);
  expect([lookSheet("look-1-ff5aa5}.css"), lookSheet("look-9-ff5aa5.css")]).toEqual([undefined, undefined]);
});
