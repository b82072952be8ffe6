import { type ActionFunctionArgs, redirect } from "react-router";
import { isLocale } from "#words/runtime";
import { visitContext } from "./context.ts";
import { ownPath } from "./kit/own-path.ts";
import { isThemeChoice, tasteCookie } from "./kit/taste.ts";

/**
 * Keeps how a visitor likes the pages: `language` (then the page is loaded anew in it) or `theme`. The choice lives in a
 * cookie, so that it works before anybody signs in, and in the settings of whoever has.
 */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  const { api, user } = context.get(visitContext);
  const form = await request.formData();
  const [language, theme] = [form.get("language"), form.get("theme")];
  if (isThemeChoice(theme)) {
    if (user !== undefined) await api.accounts.me.change({ theme });
    return new Response(null, { status: 204, headers: { "Set-Cookie": tasteCookie("theme", theme) } });
  }
  const target = ownPath(form.get("back"), "/");
  if (!isLocale(language)) return redirect(target);
  if (user !== undefined) await api.accounts.me.change({ language });
  return redirect(target, { headers: { "Set-Cookie": tasteCookie("language", language) } });
}
