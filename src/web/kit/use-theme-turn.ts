import { useMantineColorScheme } from "@mantine/core";

/** Turns light to dark or back at once, and has the choice kept; that it could not be kept is nobody's trouble. */
export function useThemeTurn(): () => void {
  const { setColorScheme } = useMantineColorScheme();
  return () => {
    const theme = document.documentElement.dataset["mantineColorScheme"] === "dark" ? "light" : "dark";
    setColorScheme(theme);
    // `keepalive`: whoever leaves the page at once has still chosen.
    const asked = { method: "POST", body: new URLSearchParams({ theme }), keepalive: true };
    void fetch("/taste", asked).catch(() => undefined);
  };
}
