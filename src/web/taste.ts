import { type ActionFunctionArgs, data, redirect } from "react-router";
import { isLocale } from "#words/runtime";
import { ownPath } from "./kit/own-path.ts";
import { isThemeChoice, tasteCookie } from "./kit/taste.ts";

/**
 * Keeps how a visitor likes the pages: `language` (then the page is loaded anew in it) or `theme`.
 * The choice lives in a cookie, so that it works before anybody signs in.
 */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const [language, theme] = [form.get("language"), form.get("theme")];
  if (isThemeChoice(theme)) return data(null, { headers: { "Set-Cookie": tasteCookie("theme", theme) } });
  const target = ownPath(form.get("back"), "/");
  return redirect(target, isLocale(language) ? { headers: { "Set-Cookie": tasteCookie("language", language) } } : {});
}
