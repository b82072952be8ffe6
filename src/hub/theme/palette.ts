/** The colours of the hub in light or in dark, each `#rrggbb`. In the style sheet they go by the names of `variables`. */
export interface HubPalette {
  /** The page itself. */
  readonly paper: string;
  /** What lies on it: posts, fields, buttons, the bar at the top. */
  readonly card: string;
  /** Chosen lines, code, small marks. */
  readonly quiet: string;
  /** Hair lines, which carry no meaning. */
  readonly line: string;
  readonly ink: string;
  /** Quiet text, and borders of fields. */
  readonly soft: string;
  /** Links, what is chosen, the ring of the focus. */
  readonly accent: string;
  /** The ground of the main button and of marks for what is new, and the text on it. */
  readonly fill: string;
  readonly onFill: string;
  /** The bell, and the edge of notes. */
  readonly bell: string;
  readonly good: string;
  readonly goodGround: string;
  /** The ground of what was found, of questions, and of what has just come. */
  readonly warnGround: string;
  readonly danger: string;
}

export type HubColour = keyof HubPalette;

/** The palette's names in the style sheet. */
export const variables: Readonly<Record<HubColour, string>> = {
  paper: "--paper",
  card: "--card",
  quiet: "--quiet",
  line: "--line",
  ink: "--ink",
  soft: "--soft",
  accent: "--accent",
  fill: "--fill",
  onFill: "--on-fill",
  bell: "--bell",
  good: "--good",
  goodGround: "--good-bg",
  warnGround: "--warn-bg",
  danger: "--danger",
};

/** As the hub looks while nobody has chosen a colour. */
export const plainLight: HubPalette = {
  paper: "#faf8f5",
  card: "#ffffff",
  quiet: "#f1ece5",
  line: "#e4ded6",
  ink: "#1f1b16",
  soft: "#5f574d",
  accent: "#2457a6",
  fill: "#2457a6",
  onFill: "#ffffff",
  bell: "#8a5521",
  good: "#226340",
  goodGround: "#e6f2ea",
  warnGround: "#fbf0dc",
  danger: "#a81f18",
};

/** The same in dark. */
export const plainDark: HubPalette = {
  paper: "#191714",
  card: "#211e1a",
  quiet: "#2a2621",
  line: "#3a352e",
  ink: "#ede8e1",
  soft: "#b3aa9e",
  accent: "#8fb5f2",
  fill: "#8fb5f2",
  onFill: "#10203c",
  bell: "#d69a5c",
  good: "#83cfa2",
  goodGround: "#1c3325",
  warnGround: "#3a2e17",
  danger: "#f2928b",
};

/** Text of 16 px and more has to reach this against what it stands on (WCAG 2.2, 1.4.3). */
export const TEXT = 4.5;
/** What shows that something can be pressed, chosen or typed into, and signs (WCAG 2.2, 1.4.11). */
export const CONTROL = 3;

/** Grounds on which anything may stand that is not told apart below. */
const anywhere: readonly HubColour[] = ["paper", "card", "quiet", "warnGround"];

/** Every pair that the style sheet puts together, with the contrast that it needs. */
export const pairs: readonly {
  readonly on: readonly HubColour[];
  readonly colour: HubColour;
  readonly least: number;
}[] = [
  { colour: "ink", on: anywhere, least: TEXT },
  { colour: "soft", on: anywhere, least: TEXT },
  { colour: "accent", on: anywhere, least: TEXT },
  { colour: "danger", on: ["paper", "card", "quiet"], least: TEXT },
  { colour: "good", on: ["goodGround", "card"], least: TEXT },
  { colour: "onFill", on: ["fill"], least: TEXT },
  { colour: "fill", on: ["paper", "card", "quiet"], least: CONTROL },
  { colour: "bell", on: anywhere, least: CONTROL },
];
