import { type BrandColours, type HubLook, lookOf } from "./model.ts";
import { type HubColour, type HubPalette, variables } from "./palette.ts";

function declared(palette: HubPalette): string {
  // The names are those of a palette by its type.
  const names = Object.keys(variables) as HubColour[];
  return names.map((name) => `${variables[name]}:${palette[name]}`).join(";");
}

/** The colours as a style sheet: light, dark by choice, and dark where the device asks for it and nobody chose. */
export function coloursSheet({ light, dark }: HubLook): string {
  return `:root{color-scheme:light;${declared(light)}}
:root[data-theme=dark]{color-scheme:dark;${declared(dark)}}
@media (prefers-color-scheme:dark){:root:not([data-theme]){color-scheme:dark;${declared(dark)}}}`;
}

/** Raised when the same colours come out another way: sheets are kept by browsers for a year. */
const VERSION = 1;
const NAME = new RegExp(String.raw`^look-${VERSION}-([0-9a-f]{6})(?:-([0-9a-f]{6}))?\.css$`);

/** The file of a brand's colours, below the door: its name says all that it is made of. */
export function lookName({ brand, second }: BrandColours): string {
  return `look-${VERSION}-${brand.slice(1)}${second === null ? "" : `-${second.slice(1)}`}.css`;
}

/** What stands in the file of this name; undefined when that is no name of one. */
export function lookSheet(name: string): string | undefined {
  const [, brand, second] = NAME.exec(name) ?? [];
  if (brand === undefined) return undefined;
  return coloursSheet(lookOf({ brand: `#${brand}`, second: second === undefined ? null : `#${second}` }));
}
