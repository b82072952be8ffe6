import { UnstyledButton } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { m } from "#words";
import { LanguageSwitch } from "../kit/language-switch.tsx";
import { ThemeSwitch } from "../kit/theme-switch.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { MeMenu } from "./me-menu.tsx";
import classes from "./top-bar.module.css";

/** Where one is, the search, and what belongs to oneself. */
export function TopBar() {
  return (
    <section className={`${classes["bar"]} v-no-print`} aria-label={m.web_top_bar()}>
      <Breadcrumb />
      <div className={classes["tools"]}>
        <UnstyledButton className={classes["search"]} onClick={spotlight.open} aria-keyshortcuts="Control+K Meta+K">
          <IconSearch size={16} stroke={1.8} aria-hidden />
          <span>{m.web_search()}</span>
          <kbd>Ctrl K</kbd>
        </UnstyledButton>
        <LanguageSwitch />
        <ThemeSwitch />
        <MeMenu />
      </div>
    </section>
  );
}
