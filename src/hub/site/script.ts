import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Locale, locales } from "#src/base/locale.ts";
import { m } from "#words";
import { POSTS_A_PAGE } from "../model.ts";
import type { Counted, HubFacts } from "../script/words.ts";
import { packed } from "./answer.ts";

/** More than any plural form of our languages needs. */
const TRIED = 21;

/** A sentence with a number in each plural form of the language, with `#` for the number. */
function formsOf(sentence: (count: number) => string, locale: Locale): Counted {
  const rules = new Intl.PluralRules(locale);
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = {};
  for (let count = 0; count < TRIED; count += 1)
    forms[rules.select(count)] ??= sentence(count).replace(String(count), "#");
  return forms;
}

function factsIn(locale: Locale): HubFacts {
  const say = { locale };
  return {
    postsAPage: POSTS_A_PAGE,
    words: {
      newReplies: formsOf((count) => m.hub_live_new_replies({ count }, say), locale),
      newTopics: formsOf((count) => m.hub_live_new_topics({ count }, say), locale),
      newInTopics: formsOf((count) => m.hub_live_new_in_topics({ count }, say), locale),
      replyFrom: m.hub_live_reply_from({ name: "#" }, say),
      gone: m.hub_live_gone({}, say),
      closed: m.hub_closed_note({}, say),
      sent: m.hub_live_sent({}, say),
      notSent: m.hub_live_not_sent({}, say),
      signIn: m.hub_nav_sign_in({}, say),
      draftKept: m.hub_draft_kept({ when: "#" }, say),
      draftDiscard: m.hub_draft_discard({}, say),
      toolbar: m.hub_tool_bar({}, say),
      bold: m.hub_tool_bold({}, say),
      italic: m.hub_tool_italic({}, say),
      quote: m.hub_quote({}, say),
      code: m.hub_tool_code({}, say),
      list: m.hub_tool_list({}, say),
      link: m.hub_tool_link({}, say),
      names: m.hub_names({}, say),
      namesFound: formsOf((count) => m.hub_names_found({ count }, say), locale),
    },
  };
}

/** A script as the page build made it; undefined while it is not built, and every page works without. */
function built(name: "script" | "passkeys"): string | undefined {
  try {
    return readFileSync(new URL(`../../../build/hub/${name}.js`, import.meta.url), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** The script in a language: what it says stands before it, so that a page brings nothing but its address. */
export function scriptIn(locale: Locale, bundle: string): string {
  return `const HUB=${JSON.stringify(factsIn(locale))};${bundle}`;
}

/** A file by its address below the door, which is another one with every change. */
interface ScriptFile {
  readonly name: string;
  readonly body: Buffer<ArrayBuffer>;
}

function filesOf(bundle: string | undefined): Map<Locale, ScriptFile> {
  if (bundle === undefined) return new Map();
  return new Map(
    locales.map((locale) => {
      const text = scriptIn(locale, bundle);
      const name = `hub-${locale}-${hash("sha256", text, "hex").slice(0, 12)}.js`;
      return [locale, { name, body: packed(text) }];
    }),
  );
}

const files = filesOf(built("script"));

/** The address of the script in a language, below the door; undefined while it is not built. */
export function scriptName(locale: Locale): string | undefined {
  return files.get(locale)?.name;
}

function passkeyFile(text: string | undefined): ScriptFile | undefined {
  if (text === undefined) return undefined;
  return { name: `passkeys-${hash("sha256", text, "hex").slice(0, 12)}.js`, body: packed(text) };
}

const passkeys = passkeyFile(built("passkeys"));

/** The address of the script of passkeys, below the door; undefined while it is not built. */
export const passkeyScriptName = passkeys?.name;

/** The packed script of this name. */
export function scriptNamed(name: string): Buffer<ArrayBuffer> | undefined {
  if (name === passkeys?.name) return passkeys.body;
  return files.values().find((file) => file.name === name)?.body;
}
