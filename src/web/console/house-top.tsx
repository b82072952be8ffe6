import { m } from "#words";
import { LanguageSwitch } from "../kit/language-switch.tsx";
import { Mark } from "../kit/mark.tsx";
import { ThemeSwitch } from "../kit/theme-switch.tsx";
import classes from "./house-top.module.css";

/** The top of a page outside of the console: the sign of the house, language and theme. */
export function HouseTop() {
  return (
    <header className={`${classes["top"]} v-no-print`}>
      <span className={classes["brand"]}>
        <Mark size={28} />
        {m.web_name()}
      </span>
      <span className={classes["tools"]}>
        <LanguageSwitch />
        <ThemeSwitch />
      </span>
    </header>
  );
}
