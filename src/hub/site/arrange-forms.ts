import { postPath } from "../model.ts";
import { seenTopic } from "../queries.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { arrangingPage, topicIn, type TypedMove } from "./arranging.ts";
import { faultNote } from "./frame.ts";
import type { Sending, Sent } from "./kinds.ts";

const DAY_MS = 86_400_000;

interface Arranged {
  readonly isClosed?: boolean;
  readonly isPinned?: boolean;
  readonly isEverywhere?: boolean;
  readonly announcedUntil?: string | null;
  readonly board?: string;
}

async function arrange({ visit, typed, fields }: Sending): Promise<Response> {
  const days = Math.min(Math.max(Number(typed("days")) || 1, 1), 90);
  const announcedUntil = new Date(visit.call.now() + days * DAY_MS).toISOString();
  const deeds: Readonly<Record<string, Arranged>> = {
    close: { isClosed: true },
    open: { isClosed: false },
    pin: { isPinned: true, isEverywhere: false },
    everywhere: { isPinned: true, isEverywhere: true },
    announce: { announcedUntil },
    hush: { announcedUntil: null },
    unpin: { isPinned: false },
    move: { board: typed("board") },
  };
  const topic = Number(fields[0]);
  await visit.api.moderation.arrangeTopic({ community: visit.slug, topic, ...deeds[typed("deed")] });
  const { title } = await seenTopic(visit.call, topic);
  return onTo(postPath(visit.slug, { number: topic, title }, 1));
}

function movedBy({ visit, fields }: Sending, deed: string, wish: TypedMove): Promise<{ address: string }> {
  const { moderation } = visit.api;
  const place = { community: visit.slug, topic: Number(fields[0]) };
  const [numbers, into] = [wish.numbers.map(Number), topicIn(wish.into)];
  if (deed === "merge") return moderation.mergeTopic({ ...place, into });
  if (deed === "move") return moderation.movePosts({ ...place, numbers, into });
  const board = wish.board === "" ? {} : { board: wish.board };
  return moderation.splitTopic({ ...place, numbers, title: wish.title, ...board });
}

/** Moves posts; when that is refused, shows what was chosen and typed again with the reason above it. */
async function movePosts(sending: Sending): Promise<Response> {
  const { visit, typed, ticked, request, fields } = sending;
  const deed = typed("deed");
  const wish = { numbers: ticked("number"), title: typed("title"), board: typed("board"), into: typed("into") };
  try {
    const done =
      deed === "undo"
        ? await visit.api.moderation.undoMove({ community: visit.slug, moveId: typed("move") })
        : await movedBy(sending, deed, wish);
    return onTo(done.address);
  } catch (error) {
    const fault = visit.explain(error);
    const page = await arrangingPage(visit, Number(fields[0]), { typed: wish, note: faultNote(fault) });
    return pageAnswer(request, page, fault.status);
  }
}

/** What moderators send from the view in which they arrange a topic. */
export const arrangeForms: readonly Sent[] = [
  { path: /^\/t\/(\d{1,9})\/arrange$/, permission: "hub.member", send: arrange },
  { path: /^\/t\/(\d{1,9})\/posts$/, permission: "hub.member", send: movePosts },
];
