import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { postPath, titleSchema, topicKinds } from "./model.ts";
import { moveKinds, movesOf } from "./store/moves.ts";
import { mergeTopics, type Moved, moveSome, splitTopic } from "./talk/move.ts";
import { undoMove } from "./talk/unmove.ts";

const tags: readonly [string] = ["Hub moderation"];
const numberSchema = z.int().min(1).max(2_000_000_000);
/** More than anybody ticks; a whole topic of any size is merged by one call. */
const MOST_AT_ONCE = 1000;
const numbersSchema = z
  .array(numberSchema)
  .min(1)
  .max(MOST_AT_ONCE)
  .describe("Of posts in their topic; never the first");
const movedSchema = z.object({
  id: z.uuid().describe("By which it can be undone"),
  topic: z.int(),
  number: z.int().describe("Of the first moved post in its new place"),
  address: z.string().describe("Where it stands now"),
});
const moveSchema = z.object({
  id: z.uuid(),
  kind: z.enum(moveKinds),
  from: z.object({ topic: z.int(), title: z.string() }),
  to: z.object({ topic: z.int(), title: z.string() }),
  posts: z.int(),
  madeAt: z.iso.datetime(),
  isUndone: z.boolean(),
});

function told({ moveId, topic, number, title }: Moved, slug: string) {
  return { id: moveId, topic, number, address: postPath(slug, { number: topic, title }, number) };
}

/** Posts that go over to another topic, and back. */
export const movesApi = {
  mergeTopic: procedure({
    method: "POST",
    path: "/communities/{community}/hub/moderation/topics/{topic}/merge",
    operationId: "mergeHubTopic",
    permission: "hub.moderate",
    summary: "Put every post of a topic behind the last one of another",
    description: "The old addresses lead to where the posts stand. Can be undone.",
    tags,
    input: z.object({ topic: numberSchema, into: numberSchema }),
    output: movedSchema,
    handler: async ({ input: { topic, into }, context }) => {
      context.note({ details: { topic, into } });
      return told(await mergeTopics(context, { from: topic, into }), context.facts.slug);
    },
  }),
  movePosts: procedure({
    method: "POST",
    path: "/communities/{community}/hub/moderation/topics/{topic}/move",
    operationId: "moveHubPosts",
    permission: "hub.moderate",
    summary: "Put some posts of a topic behind the last one of another",
    tags,
    input: z.object({ topic: numberSchema, numbers: numbersSchema, into: numberSchema }),
    output: movedSchema,
    handler: async ({ input: { topic, numbers, into }, context }) => {
      context.note({ details: { topic, into, posts: numbers.length } });
      return told(await moveSome(context, { from: topic, numbers, into }), context.facts.slug);
    },
  }),
  splitTopic: procedure({
    method: "POST",
    path: "/communities/{community}/hub/moderation/topics/{topic}/split",
    operationId: "splitHubTopic",
    permission: "hub.moderate",
    summary: "Make a topic of some posts of another",
    tags,
    status: 201,
    input: z.object({
      topic: numberSchema,
      numbers: numbersSchema,
      title: titleSchema,
      kind: z.enum(topicKinds).default("discussion"),
      board: z.uuid().optional().describe("Where they stood unless told"),
    }),
    output: movedSchema,
    handler: async ({ input: { topic, numbers, title, kind, board }, context }) => {
      context.note({ details: { topic, posts: numbers.length } });
      const wish = { from: topic, numbers, title, kind, boardId: board };
      return told(await splitTopic(context, wish), context.facts.slug);
    },
  }),
  moves: procedure({
    method: "GET",
    path: "/communities/{community}/hub/moderation/moves",
    operationId: "listHubMoves",
    permission: "hub.moderate",
    summary: "Posts that were moved to another topic, the latest first",
    tags,
    input: z.object({ ...pageFields, topic: numberSchema.optional().describe("Out of or into this one") }),
    output: pageSchema(moveSchema),
    handler: async ({ input: { topic, after, limit }, context }) => {
      const ask = { topic, after: readCursor(after, z.tuple([z.uuid()]))?.[0], limit: limit + 1 };
      const page = pageOf(await context.run((tx) => movesOf(tx, context.community, ask)), limit, (row) => [row.id]);
      const items = page.items.map(({ from, to, fromTitle, toTitle, madeAt, ...row }) => ({
        ...row,
        from: { topic: from, title: fromTitle },
        to: { topic: to, title: toTitle },
        madeAt: madeAt.toISOString(),
      }));
      return { items, next: page.next };
    },
  }),
  undoMove: procedure({
    method: "DELETE",
    path: "/communities/{community}/hub/moderation/moves/{moveId}",
    operationId: "undoHubMove",
    permission: "hub.moderate",
    summary: "Put moved posts back to where they stood",
    description:
      "As long as nothing was built upon it: no post went on, and nobody wrote in a topic that a split made.",
    tags,
    input: z.object({ moveId: z.uuid() }),
    output: z.object({ topic: z.int().describe("The topic that has its posts back"), address: z.string() }),
    handler: async ({ input: { moveId }, context }) => {
      const { topic, title } = await undoMove(context, moveId);
      return { topic, address: postPath(context.facts.slug, { number: topic, title }, 1) };
    },
  }),
};
