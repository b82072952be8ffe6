import { Outlet } from "react-router";
import { LanguageSwitch } from "../kit/language-switch.tsx";
import { Mark } from "../kit/mark.tsx";
import { ThemeSwitch } from "../kit/theme-switch.tsx";
import { m } from "#words";
import classes from "./guest.module.css";

/** What a page stands in that is read without an account: the sign of the house, language and theme, and the page. */
export default function Guest() {
  return (
    <div className={classes["guest"]}>
      <header className={`${classes["top"]} v-no-print`}>
        <span className={classes["brand"]}>
          <Mark size={24} />
          {m.web_name()}
        </span>
        <span className={classes["tools"]}>
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <main>
        <Outlet />
      </main>
    </div>
  );
}
