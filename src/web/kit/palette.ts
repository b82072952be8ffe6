/** The colours of one theme. Every pair of text and ground that pages may combine is listed in `textPairs` and checked for contrast. */
export interface Palette {
  /** The page itself. */
  paper: string;
  /** What lies on the page: fields, tiles, menus. */
  card: string;
  /** Selected and hovered rows, quiet grounds. */
  soft: string;
  /** Hair lines between things. */
  line: string;
  /** Borders of fields, which must be seen (3:1 at least). */
  edge: string;
  ink: string;
  dim: string;
  /** Links, selection, the series of a chart. */
  accent: string;
  /** The ground of the one main action, under white text. */
  action: string;
  actionHover: string;
  accentSoft: string;
  bronze: string;
  /** Bronze dark (or light) enough to be read as text. */
  bronzeText: string;
  success: string;
  successSoft: string;
  warning: string;
  warningSoft: string;
  danger: string;
  dangerSoft: string;
  /** The period before, behind the present one. */
  before: string;
  /** Six series colours told apart by colour-blind eyes too. */
  series: readonly [string, string, string, string, string, string];
}

export const light: Palette = {
  paper: "#FAF8F5",
  card: "#FFFFFF",
  soft: "#EFEAE2",
  line: "#E7E1D8",
  edge: "#8C8479",
  ink: "#1F1B16",
  dim: "#645D54",
  accent: "#2457A6",
  action: "#2457A6",
  actionHover: "#1D478A",
  accentSoft: "#E6EDF7",
  bronze: "#A5672A",
  bronzeText: "#8A5320",
  success: "#2E7D4F",
  successSoft: "#EDF6F0",
  warning: "#8A5200",
  warningSoft: "#FBF0DC",
  danger: "#B3261E",
  dangerSoft: "#FBE9E7",
  before: "#C9C1B6",
  series: ["#2457A6", "#C26B1A", "#2E7D4F", "#8A4FA3", "#B0446A", "#5B6770"],
};

export const dark: Palette = {
  paper: "#191714",
  card: "#211E1A",
  soft: "#2C2823",
  line: "#36312B",
  edge: "#7D756A",
  ink: "#EDE8E1",
  dim: "#B0A79B",
  accent: "#8DB3EE",
  action: "#2F66BC",
  actionHover: "#3B73CB",
  accentSoft: "#1F2D42",
  bronze: "#C98B4C",
  bronzeText: "#D6A068",
  success: "#72C596",
  successSoft: "#1E3327",
  warning: "#E5AC55",
  warningSoft: "#3A2D17",
  danger: "#F29A92",
  dangerSoft: "#402220",
  before: "#5E564C",
  series: ["#7FA9E8", "#E0914A", "#63B787", "#BC93D3", "#DE82A1", "#9AA5AE"],
};

/** Text colour and the grounds it may stand on, by name of the palette. `#FFFFFF` on the main action is checked apart. */
export const textPairs: Record<string, (keyof Palette)[]> = {
  ink: ["paper", "card", "soft", "accentSoft", "successSoft", "warningSoft", "dangerSoft"],
  dim: ["paper", "card", "soft"],
  accent: ["paper", "card", "soft", "accentSoft"],
  bronzeText: ["paper", "card", "soft"],
  success: ["paper", "card", "successSoft"],
  warning: ["paper", "card", "warningSoft"],
  danger: ["paper", "card", "dangerSoft"],
};

/** How far apart two colours are to the eye, 1 to 21: WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
