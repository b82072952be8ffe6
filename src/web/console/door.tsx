import { Outlet } from "react-router";
import { LanguageSwitch } from "../kit/language-switch.tsx";
import { Mark } from "../kit/mark.tsx";
import { ThemeSwitch } from "../kit/theme-switch.tsx";
import { m } from "#words";
import classes from "./door.module.css";

/** What stands before the console: one narrow column for signing in and the first steps. */
export default function Door() {
  return (
    <div className={classes["door"]}>
      <header className={classes["top"]}>
        <span className={classes["brand"]}>
          <Mark size={28} />
          {m.web_name()}
        </span>
        <span className={classes["tools"]}>
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <main className={classes["column"]}>
        <Outlet />
      </main>
    </div>
  );
}
