import { UnstyledButton } from "@mantine/core";
import { Form, useLocation } from "react-router";
import { m } from "#words";
import { currentLocale } from "#words/runtime";
import classes from "./switches.module.css";

/** One click changes the language of everything; works without script too. */
export function LanguageSwitch() {
  const { pathname, search } = useLocation();
  const other = currentLocale() === "en" ? "ru" : "en";
  return (
    <Form method="post" action="/taste" reloadDocument>
      <input type="hidden" name="back" value={pathname + search} />
      <UnstyledButton type="submit" name="language" value={other} lang={other} className={classes["switch"]}>
        {other.toUpperCase()} <span className="v-hidden">{m.web_language_to({}, { locale: other })}</span>
      </UnstyledButton>
    </Form>
  );
}
