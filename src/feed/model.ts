import { z } from "zod";
import type { FactKind } from "#src/events.ts";

/** What of a community's life the feed shows, by what somebody wants to look at. */
export const feedViews = {
  all: [
    "message.posted",
    "message.edited",
    "message.deleted",
    "message.restored",
    "reaction.added",
    "answer.accepted",
    "topic.announced",
    "member.joined",
    "member.left",
    "member.removed",
  ],
  messages: ["message.posted", "message.edited", "answer.accepted", "topic.announced"],
  reactions: ["reaction.added"],
  people: ["member.joined", "member.left", "member.removed"],
  gone: ["message.deleted", "message.restored"],
} as const satisfies Record<string, readonly FactKind[]>;

export type FeedView = keyof typeof feedViews;
export const feedViewNames = ["all", "messages", "reactions", "people", "gone"] as const satisfies readonly FeedView[];

/** How far back the feed reaches, in facts of the community's log: further back the audit and search are the way. */
export const FEED_REACH = 100_000;

/** Something that happened, as the feed tells it. */
export const feedItemSchema = z.object({
  seq: z.int().describe("Its number in the community's log"),
  kind: z.enum(feedViews.all),
  at: z.iso.datetime(),
  platform: z.string(),
  space: z.object({ id: z.uuid(), name: z.string() }),
  member: z.object({ id: z.uuid(), name: z.string(), isStaff: z.boolean() }).nullable(),
  text: z.string().nullable().describe("How the message begins; null when it is gone, or there is none"),
  emoji: z.string().nullable(),
  address: z.string().nullable().describe("Where it stands, on a platform of ours"),
});
export type FeedItem = z.infer<typeof feedItemSchema>;
