import type { IncomingLink } from "#src/platforms/model.ts";
import { distinctLinks } from "#src/platforms/traits/links.ts";

/** The names behind the ids in an export. */
export interface SlackNames {
  person(id: string): string | undefined;
  channel(id: string): string | undefined;
}

/** Everything between angle brackets is Slack's markup: people, channels, calls to all, dates, links. */
const MARK = /<([^<>]{1,4000})>/g;
const ADDRESS = /^(?:https?|mailto|tel):/i;
const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

function unescape(text: string): string {
  return text.includes("&") ? text.replaceAll(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity) : text;
}

function markText(mark: string, names: SlackNames): string {
  const bar = mark.indexOf("|");
  const target = bar < 0 ? mark : mark.slice(0, bar);
  const label = bar < 0 ? undefined : mark.slice(bar + 1) || undefined;
  if (target.startsWith("@")) return `@${names.person(target.slice(1)) ?? label ?? target.slice(1)}`;
  if (target.startsWith("#")) return `#${names.channel(target.slice(1)) ?? label ?? target.slice(1)}`;
  if (!target.startsWith("!")) return label ?? target.replace(/^(?:mailto|tel):/i, "");
  // Calls to everybody, groups of people, dates; Slack gives what to show where it is not the word itself.
  return label ?? `@${/^!(\w+)/.exec(target)?.[1] ?? ""}`;
}

/** The text of a message as people read it, with names for ids. */
export function slackText(text: string, names: SlackNames): string {
  const marked = text.includes("<") ? text.replaceAll(MARK, (_, mark: string) => markText(mark, names)) : text;
  return unescape(marked);
}

/** The web addresses in a message: Slack marks all of them. */
export function slackLinks(text: string): readonly IncomingLink[] {
  if (!text.includes("<http")) return [];
  const marks = [...text.matchAll(MARK)].map(([, mark = ""]) => unescape(mark.split("|")[0] ?? ""));
  const addresses = marks.filter((mark) => ADDRESS.test(mark) && !/^(?:mailto|tel):/i.test(mark));
  return addresses.length === 0 ? [] : distinctLinks(addresses);
}
