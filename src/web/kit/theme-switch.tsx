import { ActionIcon } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { m } from "#words";
import classes from "./switches.module.css";
import { useThemeTurn } from "./use-theme-turn.ts";

/** Turns light to dark and back. Which sign shows is decided by style sheet, so that server and browser always agree. */
export function ThemeSwitch() {
  const turn = useThemeTurn();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={36}
      aria-label={m.web_theme_turn()}
      title={m.web_theme_turn()}
      onClick={turn}
    >
      <IconMoon className={classes["moon"]} size={18} stroke={1.7} aria-hidden />
      <IconSun className={classes["sun"]} size={18} stroke={1.7} aria-hidden />
    </ActionIcon>
  );
}
