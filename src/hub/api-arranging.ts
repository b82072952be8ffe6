import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { takeFaceAway } from "./faces/face.ts";
import { postPath } from "./model.ts";
import { deletedOf } from "./store/deleted.ts";
import { reportsOf, settleReport } from "./store/reports.ts";
import { touchHub } from "./store/hubs.ts";
import { arrange } from "./talk/arrange.ts";
import { restore } from "./talk/restore.ts";
import { beginningOf } from "./talk/text.ts";

const tags: readonly [string] = ["Hub moderation"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;

const reportSchema = z.object({
  id: z.uuid(),
  topic: z.int(),
  title: z.string(),
  number: z.int(),
  address: z.string().describe("Where the post stands"),
  reporter: z.string(),
  author: z.string(),
  reason: z.string(),
  beginning: z.string().describe("How the post begins, without markup; empty when nothing of it is left"),
  madeAt: z.iso.datetime(),
  isSettled: z.boolean(),
});

const deletedSchema = z.object({
  topic: z.int(),
  number: z.int().describe("Of the post; 1 is the topic with everything in it"),
  title: z.string(),
  author: z.string(),
  by: z.string().describe("Who deleted it"),
  isOwn: z.boolean().describe("Its author did"),
  reason: z.string(),
  beginning: z.string().nullable().describe("How it began; null once nothing of it is kept"),
  posts: z.int().describe("How many posts went with it"),
  deletedAt: z.iso.datetime(),
});

/** Keeping order, for moderators of the team. */
export const arrangingApi = {
  arrangeTopic: procedure({
    method: "PATCH",
    path: "/communities/{community}/hub/moderation/topics/{topic}",
    operationId: "arrangeHubTopic",
    permission: "hub.moderate",
    summary: "Close, pin, announce or move a topic",
    tags,
    input: z.object({
      topic: z.int().min(1).max(2_000_000_000),
      isClosed: z.boolean().optional(),
      isPinned: z.boolean().optional(),
      isEverywhere: z.boolean().optional().describe("Pinned above every list, not above those of its board alone"),
      announcedUntil: z.iso.datetime().nullable().optional().describe("On the first page until then; members are told"),
      board: z.uuid().optional(),
    }),
    output: doneSchema,
    handler: async ({ input: { topic, isClosed, isPinned, isEverywhere, announcedUntil, board }, context }) => {
      context.note({ details: { topic, isClosed: isClosed ?? null, isPinned: isPinned ?? null } });
      const until = typeof announcedUntil === "string" ? Date.parse(announcedUntil) : announcedUntil;
      const wish = { isClosed, isPinned, isEverywhere, announcedUntil: until, boardId: board };
      await arrange(context, { number: topic, ...wish });
      await context.run((tx) => touchHub(tx, context.community));
      return done;
    },
  }),
  deleted: procedure({
    method: "GET",
    path: "/communities/{community}/hub/moderation/deleted",
    operationId: "listDeletedHubPosts",
    permission: "hub.moderate",
    summary: "Posts and topics that were deleted, the latest first",
    tags,
    input: z.object(pageFields),
    output: pageSchema(deletedSchema),
    handler: async ({ input: { after, limit }, context }) => {
      const ask = { after: readCursor(after, z.tuple([z.number(), z.int(), z.int()])), limit: limit + 1 };
      const rows = await context.run((tx) => deletedOf(tx, context.community, ask));
      const page = pageOf(rows, limit, (row) => [row.deletedAt.getTime(), row.topic, row.number]);
      const items = page.items.map(({ deletedAt, ...row }) => ({
        ...row,
        beginning: row.beginning && beginningOf(row.beginning, row.number),
        deletedAt: deletedAt.toISOString(),
      }));
      return { items, next: page.next };
    },
  }),
  restore: procedure({
    method: "POST",
    path: "/communities/{community}/hub/moderation/topics/{topic}/posts/{number}/restore",
    operationId: "restoreHubPost",
    permission: "hub.moderate",
    summary: "Bring back a deleted post, or with the first one the whole topic",
    tags,
    input: z.object({ topic: z.int().min(1).max(2_000_000_000), number: z.int().min(1).max(2_000_000_000) }),
    output: z.object({ address: z.string().describe("Where it stands again") }),
    handler: async ({ input: { topic, number }, context }) => {
      context.note({ details: { topic, number } });
      const { title } = await restore(context, { topic, number });
      return { address: postPath(context.facts.slug, { number: topic, title }, number) };
    },
  }),
  reports: procedure({
    method: "GET",
    path: "/communities/{community}/hub/moderation/reports",
    operationId: "listHubReports",
    permission: "hub.moderate",
    summary: "Posts that members asked the team to look at, the oldest first",
    tags,
    input: z.object({ ...pageFields, settled: z.boolean().default(false) }),
    output: pageSchema(reportSchema),
    handler: async ({ input: { settled, after, limit }, context }) => {
      const ask = { settled, after: readCursor(after, z.tuple([z.uuid()]))?.[0], limit: limit + 1 };
      const page = pageOf(await context.run((tx) => reportsOf(tx, context.community, ask)), limit, (row) => [row.id]);
      const items = page.items.map(({ madeAt, text, ...row }) => {
        const address = postPath(context.facts.slug, { number: row.topic, title: row.title }, row.number);
        return { ...row, beginning: beginningOf(text, row.number), madeAt: madeAt.toISOString(), address };
      });
      return { items, next: page.next };
    },
  }),
  settleReport: procedure({
    method: "PUT",
    path: "/communities/{community}/hub/moderation/reports/{reportId}",
    operationId: "settleHubReport",
    permission: "hub.moderate",
    summary: "Mark a report as looked at, or as waiting again",
    tags,
    input: z.object({ reportId: z.uuid(), isSettled: z.boolean() }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      const at = input.isSettled ? context.now() : undefined;
      const which = { id: input.reportId, at, by: context.actor.id };
      const isThere = await context.run((tx) => settleReport(tx, context.community, which));
      return isThere ? done : refuse("not-found", "hub.no-such-report");
    },
  }),
  dropFace: procedure({
    method: "DELETE",
    path: "/communities/{community}/hub/moderation/people/{memberId}/face",
    operationId: "dropHubFace",
    permission: "hub.moderate",
    summary: "Take a member's picture away; a letter stands in its place",
    description: "They can set another one.",
    tags,
    input: z.object({ memberId: z.uuid() }),
    output: doneSchema,
    handler: async ({ input: { memberId }, context }) => {
      const was = await takeFaceAway(context, memberId);
      if (!was) return refuse("not-found", "hub.no-such-face");
      return done;
    },
  }),
};
