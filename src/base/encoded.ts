const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const MEANT = new Map(Object.entries(SIGNS).map(([sign, written]) => [written, sign]));
const ANY_SIGN = /[&<>"']/;

/** Text as it stands in HTML, XML or SVG, also inside an attribute in quotes: no sign of it means anything there. */
export function encoded(text: string): string {
  return ANY_SIGN.test(text) ? text.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign) : text;
}

/** The text that `encoded` was given. Other entities stay as they are. */
export function decoded(markup: string): string {
  return markup.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (written) => MEANT.get(written) ?? written);
}
