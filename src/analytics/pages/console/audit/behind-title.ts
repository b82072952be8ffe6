import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { formatDay, type Reader } from "#src/web/kit/format.ts";
import type { MemberBehind, MessageBehind, MessagesBehind } from "../../../model.ts";
import type { Evidence } from "./evidence.ts";
import { shownName } from "./named.ts";
import { languageName } from "./titles.ts";

/** A list as the loader of the panel hands it out. */
export type LoadedList =
  | { readonly list: "members"; readonly page: { readonly items: readonly MemberBehind[] } }
  | { readonly list: "messages"; readonly page: { readonly items: readonly MessageBehind[] } };

/** What a panel is called: by the evidence itself, and for one person or space by the name found in its rows. */
export function behindTitle(evidence: Evidence, loaded: LoadedList | undefined, reader: Reader): string {
  if (evidence.list === "members") return m.analytics_page_behind_members({ kind: evidence.behind });
  const first = loaded?.list === "messages" ? loaded.page.items[0] : undefined;
  return messagesTitle(evidence.behind, first, reader);
}

function messagesTitle(behind: MessagesBehind, first: MessageBehind | undefined, reader: Reader): string {
  switch (behind.kind) {
    case "hour":
      return m.analytics_page_behind_hour({
        day: m.analytics_page_on_weekday({ weekday: behind.weekday }),
        from: behind.hour,
        to: behind.hour + 1,
      });
    case "domain":
      return m.analytics_page_behind_domain({ domain: behind.domain });
    case "language":
      return m.analytics_page_behind_language({ language: languageName(behind.language, reader) });
    case "emoji":
      return m.analytics_page_behind_emoji({ emoji: behind.emoji });
    case "message-kind":
      return m.analytics_page_behind_kind({ kind: m.analytics_page_kind({ kind: behind.messageKind }) });
    case "day":
      return m.analytics_page_behind_day({ day: formatDay(dateToDay(behind.day) ?? 0, reader) });
    case "space":
      return m.analytics_page_behind_space({ space: first?.space.name ?? m.analytics_page_space() });
    case "member":
      return first === undefined
        ? m.analytics_page_behind_member_plain()
        : m.analytics_page_behind_member({ name: shownName(first.member) });
    default:
      return plainTitle(behind.kind);
  }
}

type PlainKind = Exclude<
  MessagesBehind["kind"],
  "hour" | "domain" | "language" | "emoji" | "message-kind" | "day" | "space" | "member"
>;

function plainTitle(kind: PlainKind): string {
  return {
    all: m.analytics_page_behind_all,
    "replies-to": m.analytics_page_behind_replies_to,
    thread: m.analytics_page_behind_thread,
    "first-messages": m.analytics_page_behind_first_messages,
    "unanswered-newcomers": m.analytics_page_behind_unanswered_newcomers,
    questions: m.analytics_page_behind_questions,
    "unanswered-questions": m.analytics_page_behind_unanswered_questions,
    "most-reactions": m.analytics_page_behind_most_reactions,
  }[kind]();
}
