import { z } from "zod";
import { postTextSchema, reactionMarks, titleSchema } from "./model.ts";
import { readHistory, readSource } from "./queries.ts";
import { edit, remove } from "./talk/change.ts";
import { bookmark, hideLinks, react, report } from "./talk/mark.ts";
import { hubProcedure } from "./visitor.ts";

const tags: readonly [string] = ["Hub posts"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;
const numberSchema = z.int().min(1).max(2_000_000_000);
const place = { topic: numberSchema, number: numberSchema };

/** Posts: what can be done with one. */
export const hubPostsApi = {
  source: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/topics/{topic}/posts/{number}",
    operationId: "getHubPostText",
    permission: "hub.reader",
    summary: "The text of a post as it was typed",
    tags,
    input: z.object(place),
    output: z.object({ text: z.string(), version: z.int() }),
    handler: async ({ input, context }) => {
      const { text, version } = await readSource(context, input);
      return { text, version };
    },
  }),
  history: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/topics/{topic}/posts/{number}/history",
    operationId: "getHubPostHistory",
    permission: "hub.reader",
    summary: "What a post said before it was changed",
    tags,
    input: z.object(place),
    output: z.object({
      items: z.array(z.object({ version: z.int(), text: z.string(), writtenAt: z.iso.datetime() })),
    }),
    handler: async ({ input, context }) => {
      const { versions } = await readHistory(context, input);
      return { items: versions.map((each) => ({ ...each, writtenAt: each.writtenAt.toISOString() })) };
    },
  }),
  edit: hubProcedure({
    method: "PATCH",
    path: "/communities/{community}/hub/topics/{topic}/posts/{number}",
    operationId: "changeHubPost",
    permission: "hub.member",
    summary: "Change a post of yours",
    description: "`version` is the one you read; when somebody was faster you get a conflict and nothing is changed.",
    tags,
    input: z.object({
      ...place,
      text: postTextSchema,
      title: titleSchema.optional().describe("Of a topic's first post"),
      version: z.int(),
    }),
    output: z.object({ version: z.int() }),
    handler: ({ input: { topic, number, text, title, version }, context }) =>
      edit(context, { topic, number, text, title, version }),
  }),
  remove: hubProcedure({
    method: "DELETE",
    path: "/communities/{community}/hub/topics/{topic}/posts/{number}",
    operationId: "deleteHubPost",
    permission: "hub.member",
    summary: "Delete a post of yours; moderators delete anybody's",
    tags,
    input: z.object({
      ...place,
      reason: z.string().trim().max(300).default("").describe("Of a moderator: read by the post's author"),
    }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await remove(context, input);
      return done;
    },
  }),
  react: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/topics/{topic}/posts/{number}/reaction",
    operationId: "reactToHubPost",
    permission: "hub.member",
    summary: "Put a mark under a post, or take it back",
    tags,
    input: z.object({ ...place, mark: z.enum(reactionMarks), isOn: z.boolean() }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await react(context, input);
      return done;
    },
  }),
  hideLinks: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/topics/{topic}/posts/{number}/hides-links",
    operationId: "hideHubPostLinks",
    permission: "hub.member",
    summary: "Show nothing of where the links of a post of yours lead, or show it again",
    tags,
    input: z.object({ ...place, isOn: z.boolean() }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await hideLinks(context, input);
      return done;
    },
  }),
  bookmark: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/topics/{topic}/posts/{number}/bookmark",
    operationId: "bookmarkHubPost",
    permission: "hub.member",
    summary: "Keep a post for yourself, or let it go",
    tags,
    input: z.object({ ...place, isOn: z.boolean() }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await bookmark(context, input);
      return done;
    },
  }),
  report: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/topics/{topic}/posts/{number}/reports",
    operationId: "reportHubPost",
    permission: "hub.member",
    summary: "Ask the team to look at a post",
    tags,
    status: 201,
    input: z.object({ ...place, reason: z.string().trim().min(1).max(1000) }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await report(context, input);
      return done;
    },
  }),
};
