import { z } from "zod";

/**
 * What a member is told of: replies in a topic they follow, answers to their question, a reply to a post of theirs, their
 * name in a post, a group of theirs in one, marks under a post of theirs, their answer accepted, a topic in a board they follow, what the team
 * announces, that the team answered what they had written to it, and what it decided about their wish to belong to a group.
 */
export const noticeKinds = [
  "reply",
  "answer",
  "quote",
  "mention",
  "call",
  "reaction",
  "accepted",
  "topic",
  "announcement",
  "team",
  "group",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Nobody looks for what was new a quarter of a year ago; the posts themselves stay. */
export const NOTICE_DAYS = 90;
export const NOTICES_A_PAGE = 30;
/** Beyond this the header only says that there are more. */
export const MOST_COUNTED = 99;

/** A notice as its reader sees it. */
export const noticeSchema = z.object({
  kind: z.enum(noticeKinds),
  topic: z.int().describe("0: about no topic"),
  number: z
    .int()
    .describe("The post it is about; 0: about several, from `first` on. Without a topic the number of the group"),
  title: z.string().describe("Of the topic or the name of the group; empty without one"),
  first: z.int().describe("The first post that is new"),
  count: z.int().describe("Posts or people it tells of"),
  actor: z.string().describe("Who did the latest of it; empty when nobody knows any more"),
  at: z.iso.datetime(),
  isRead: z.boolean(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** By what a notice of an account is called. */
export type NoticeKey = Pick<Notice, "kind" | "topic" | "number">;
