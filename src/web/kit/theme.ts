import { Anchor, createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";
import { dark, light, type Palette } from "./palette.ts";

/** Ten shades of the accent, as Mantine wants them; the main action is shade 6 in light and 5 in dark. */
const accent: MantineColorsTuple = [
  "#F0F4FA",
  "#E6EDF7",
  "#C6D6EE",
  "#8DB3EE",
  "#5C8AD6",
  "#2F66BC",
  "#2457A6",
  "#1D478A",
  "#173A71",
  "#112B55",
];
const success: MantineColorsTuple = [
  "#EDF6F0",
  "#DDEEE3",
  "#BCDDC8",
  "#72C596",
  "#4BA273",
  "#378B5B",
  "#2E7D4F",
  "#246440",
  "#1B4D31",
  "#133723",
];
const danger: MantineColorsTuple = [
  "#FBE9E7",
  "#F7D6D3",
  "#F1B3AE",
  "#F29A92",
  "#D9544B",
  "#C53A31",
  "#B3261E",
  "#921E18",
  "#711712",
  "#51100D",
];
const warning: MantineColorsTuple = [
  "#FBF0DC",
  "#F5E1BC",
  "#EBCB8E",
  "#E5AC55",
  "#CC8A26",
  "#B26A00",
  "#8A5200",
  "#704300",
  "#573400",
  "#3E2500",
];

/** Greys with the warmth of paper instead of the library's cool ones; in the dark, `night` from ink down to the deepest ground. */
const gray: MantineColorsTuple = [
  "#FAF8F5",
  "#F4F0EA",
  "#EFEAE2",
  "#E7E1D8",
  "#D6CEC2",
  "#B5ADA2",
  "#8C8479",
  "#645D54",
  "#3F3932",
  "#1F1B16",
];
const night: MantineColorsTuple = [
  "#EDE8E1",
  "#CFC7BC",
  "#B0A79B",
  "#7D756A",
  "#4A443C",
  "#2C2823",
  "#211E1A",
  "#191714",
  "#14120F",
  "#0F0D0B",
];

/** Sizes, type and colours of the console, as `look.md` of the project's design has them: 15/24 text, 13/20 small print, a 4 px grid. */
export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 5 },
  colors: { accent, success, danger, warning, gray, dark: night },
  white: "#FFFFFF",
  black: light.ink,
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "999px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  fontFamily: '"Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: "13px", sm: "15px", md: "15px", lg: "20px", xl: "28px" },
  lineHeights: { xs: "1.5385", sm: "1.6", md: "1.6", lg: "1.4", xl: "1.2857" },
  headings: {
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "28px", lineHeight: "36px" },
      h2: { fontSize: "20px", lineHeight: "28px" },
      h3: { fontSize: "15px", lineHeight: "24px" },
    },
  },
  shadows: { xs: "none", sm: "var(--v-shadow)", md: "var(--v-shadow)", lg: "var(--v-shadow)", xl: "var(--v-shadow)" },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Anchor: Anchor.extend({ defaultProps: { underline: "hover" } }),
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 140 } } },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 140 } } },
    Overlay: { defaultProps: { backgroundOpacity: 0.4 } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 140 } } },
    Drawer: { defaultProps: { transitionProps: { duration: 160 } } },
    Tooltip: { defaultProps: { transitionProps: { duration: 120 }, openDelay: 300 } },
  },
});

/** Hands our palette to Mantine and to plain CSS (`var(--v-ink)`) in both colour schemes. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...ownVariables(light), ...mantineVariables(light) },
  dark: { ...ownVariables(dark), ...mantineVariables(dark) },
});

function ownVariables(palette: Palette): Record<string, string> {
  const { series, ...single } = palette;
  const shade = palette === light ? "31, 27, 22" : "0, 0, 0";
  const shadow = `0 1px 2px rgba(${shade}, 0.08), 0 8px 24px rgba(${shade}, ${palette === light ? 0.12 : 0.5})`;
  const variables: Record<string, string> = { "--v-shadow": shadow };
  for (const [name, colour] of Object.entries(single)) variables[`--v-${kebab(name)}`] = colour;
  for (const [place, colour] of series.entries()) variables[`--v-series-${place + 1}`] = colour;
  return variables;
}

function mantineVariables(palette: Palette): Record<string, string> {
  return {
    "--mantine-color-body": palette.paper,
    "--mantine-color-text": palette.ink,
    "--mantine-color-bright": palette.ink,
    "--mantine-color-dimmed": palette.dim,
    "--mantine-color-placeholder": palette.dim,
    "--mantine-color-anchor": palette.accent,
    "--mantine-color-error": palette.danger,
    "--mantine-color-default": palette.card,
    "--mantine-color-default-hover": palette.soft,
    "--mantine-color-default-color": palette.ink,
    "--mantine-color-default-border": palette.line,
    "--mantine-color-disabled": palette.soft,
    "--mantine-color-disabled-color": palette.dim,
    "--mantine-color-disabled-border": palette.line,
    "--mantine-color-accent-filled": palette.action,
    "--mantine-color-accent-filled-hover": palette.actionHover,
    "--mantine-color-accent-light": palette.accentSoft,
    "--mantine-color-accent-light-hover": palette.accentSoft,
    "--mantine-color-accent-light-color": palette.accent,
    "--mantine-color-accent-text": palette.accent,
    "--mantine-color-accent-outline": palette.accent,
    "--mantine-color-danger-text": palette.danger,
    "--mantine-color-danger-light": palette.dangerSoft,
    "--mantine-color-danger-light-color": palette.danger,
    "--mantine-color-success-light": palette.successSoft,
    "--mantine-color-success-light-color": palette.success,
    "--mantine-color-warning-light": palette.warningSoft,
    "--mantine-color-warning-light-color": palette.warning,
  };
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
