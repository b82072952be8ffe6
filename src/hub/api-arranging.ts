import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { postPath } from "./model.ts";
import { reportsOf, settleReport } from "./store/reports.ts";
import { touchHub } from "./store/hubs.ts";
import { arrange } from "./talk/arrange.ts";

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
  madeAt: z.iso.datetime(),
  isSettled: z.boolean(),
});

/** Keeping order, for moderators of the team. */
export const arrangingApi = {
  arrangeTopic: procedure({
    method: "PATCH",
    path: "/communities/{community}/hub/moderation/topics/{topic}",
    operationId: "arrangeHubTopic",
    permission: "hub.moderate",
    summary: "Close, pin or move a topic",
    tags,
    input: z.object({
      topic: z.int().min(1).max(2_000_000_000),
      isClosed: z.boolean().optional(),
      isPinned: z.boolean().optional(),
      board: z.uuid().optional(),
    }),
    output: doneSchema,
    handler: async ({ input: { topic, isClosed, isPinned, board }, context }) => {
      context.note({ details: { topic, isClosed: isClosed ?? null, isPinned: isPinned ?? null } });
      await arrange(context, { number: topic, isClosed, isPinned, boardId: board });
      await context.run((tx) => touchHub(tx, context.community));
      return done;
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
      const items = page.items.map(({ madeAt, ...row }) => {
        const address = postPath(context.facts.slug, { number: row.topic, title: row.title }, row.number);
        return { ...row, madeAt: madeAt.toISOString(), address };
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
};
