import { m } from "#words";
import type { Notice, NoticeKind } from "./kinds.ts";

/** What a notice tells, in a sentence in the language that is spoken now. */
export function noticeText({ kind, count, actor }: Pick<Notice, "kind" | "count" | "actor">): string {
  const name = actor === "" ? m.hub_nobody() : actor;
  const sentences: Record<NoticeKind, () => string> = {
    reply: () => m.hub_notice_reply({ count }),
    answer: () => m.hub_notice_answer({ count }),
    quote: () => m.hub_notice_quote({ name }),
    call: () => m.hub_notice_call({ name }),
    mention: () => m.hub_notice_mention({ name }),
    reaction: () => (count === 1 ? m.hub_notice_reaction({ name }) : m.hub_notice_reactions({ count })),
    accepted: m.hub_notice_accepted,
    topic: () => m.hub_notice_topic({ name }),
    announcement: m.hub_notice_announcement,
    team: m.hub_notice_team,
    group: m.hub_notice_group,
  };
  return sentences[kind]();
}
