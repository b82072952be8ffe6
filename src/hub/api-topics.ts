import { z } from "zod";
import { newId } from "#src/base/ids.ts";
import { pageSchema } from "#src/base/paging.ts";
import {
  newTopicSchema,
  type Post,
  postSchema,
  postTextSchema,
  TOPICS_A_PAGE,
  topicFilters,
  topicKinds,
  topicPath,
  topicRowSchema,
} from "./model.ts";
import { seenHtml, seenLinks } from "./call.ts";
import { listTopics, popularTopics, readTopic } from "./queries.ts";
import { acceptAnswer, follow, read } from "./talk/mark.ts";
import { reply } from "./talk/reply.ts";
import { openTopic } from "./talk/write.ts";
import { hubProcedure } from "./visitor.ts";

const tags: readonly [string] = ["Hub topics"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;
const numberSchema = z.int().min(1).max(2_000_000_000);
const formSchema = z.uuid().optional().describe("New for each post; sent twice, it is written once");
const placeSchema = z.object({ topic: z.int(), number: z.int().describe("Of the post in its topic") });

const reading = {
  topics: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/topics",
    operationId: "listHubTopics",
    permission: "hub.reader",
    summary: "Topics, the latest written in first",
    tags,
    input: z.object({
      board: z.uuid().optional(),
      filter: z.enum(topicFilters).default("all"),
      tag: z.string().max(30).optional(),
      author: z.uuid().optional().describe("A member's id"),
      after: z.string().max(500).optional().describe("`next` of the page before"),
      limit: z.int().min(1).max(100).default(TOPICS_A_PAGE),
    }),
    output: pageSchema(topicRowSchema),
    handler: ({ input: { board, author, filter, tag, after, limit }, context }) =>
      listTopics(context, { filter, tag, after, limit, boardId: board, authorId: author }),
  }),
  popular: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/popular",
    operationId: "listPopularHubTopics",
    permission: "hub.reader",
    summary: "What is talked about most this week",
    description: "Of the last seven days: three for each person who wrote in a topic, one for each post.",
    tags,
    output: z.object({ items: z.array(topicRowSchema) }),
    handler: async ({ context }) => ({ items: await popularTopics(context, 10) }),
  }),
  topic: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/topics/{topic}",
    operationId: "getHubTopic",
    permission: "hub.reader",
    summary: "A page of a topic",
    tags,
    input: z.object({ topic: numberSchema, page: z.int().min(1).max(1_000_000).default(1) }),
    output: topicRowSchema.extend({
      address: z.string().describe("The one address of its page"),
      page: z.int(),
      pages: z.int(),
      items: z.array(postSchema),
      accepted: postSchema.nullable().describe("The accepted answer, on the first page"),
    }),
    handler: async ({ input, context }) => {
      const { topic, page, pages, posts, answer } = await readTopic(context, { number: input.topic, page: input.page });
      const { version: _, isDeleted: __, ...row } = topic;
      const address = topicPath(context.facts.slug, topic);
      const shown = (post: Post): Post => ({
        ...post,
        html: seenHtml(context, post),
        links: [...seenLinks(context, post)],
      });
      const accepted = answer === undefined ? null : shown(answer);
      return { ...row, address, page, pages, items: posts.map(shown), accepted };
    },
  }),
};

const writing = {
  openTopic: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/boards/{boardId}/topics",
    operationId: "createHubTopic",
    permission: "hub.member",
    summary: "Open a topic",
    tags,
    status: 201,
    input: newTopicSchema.extend({
      boardId: z.uuid(),
      kind: z.enum(topicKinds).default("discussion"),
      form: formSchema,
    }),
    output: placeSchema,
    handler: ({ input: { boardId, kind, title, text, tags: topicTags, form }, context }) =>
      openTopic(context, { boardId, kind, title, text, tags: topicTags, form: form ?? newId(context.now()) }),
  }),
  reply: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/topics/{topic}/posts",
    operationId: "createHubPost",
    permission: "hub.member",
    summary: "Reply in a topic",
    tags,
    status: 201,
    input: z.object({
      topic: numberSchema,
      text: postTextSchema,
      to: numberSchema.optional().describe("The number of the post it answers"),
      form: formSchema,
    }),
    output: placeSchema,
    handler: ({ input: { topic, text, to, form }, context }) =>
      reply(context, { topic, text, to, form: form ?? newId(context.now()) }),
  }),
  accept: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/topics/{topic}/answer",
    operationId: "acceptHubAnswer",
    permission: "hub.member",
    summary: "Accept a reply as the answer to your question, or take that back",
    tags,
    input: z.object({ topic: numberSchema, number: numberSchema.nullable() }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await acceptAnswer(context, input);
      return done;
    },
  }),
  follow: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/topics/{topic}/following",
    operationId: "followHubTopic",
    permission: "hub.member",
    summary: "Follow a topic, mute it, or neither",
    tags,
    input: z.object({ topic: numberSchema, following: z.enum(["none", "follow", "mute"]) }),
    output: doneSchema,
    handler: async ({ input: { topic, following }, context }) => {
      await follow(context, { topic, following });
      return done;
    },
  }),
  read: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/topics/{topic}/read",
    operationId: "readHubTopic",
    permission: "hub.member",
    summary: "Note how far you have read a topic",
    tags,
    input: z.object({ topic: numberSchema, to: numberSchema }),
    output: doneSchema,
    handler: async ({ input: { topic, to }, context }) => {
      await readTopic(context, { number: topic, page: 1 });
      await read(context, { topic, to });
      return done;
    },
  }),
};

/** Topics: finding, reading and opening them. */
export const hubTopicsApi = { ...reading, ...writing };
