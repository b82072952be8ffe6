import { z } from "zod";
import { pageSchema } from "#src/base/paging.ts";
import { noticeKinds, NOTICES_A_PAGE, noticeSchema } from "./notices/kinds.ts";
import { follow, listNotices, readOwnNotices } from "./notices/own.ts";
import { hubProcedure } from "./visitor.ts";

const tags: readonly [string] = ["Hub notifications"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;
const numberSchema = z.int().min(0).max(2_000_000_000);

/** What members are told of. */
export const noticesApi = {
  list: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me/notifications",
    operationId: "listMyHubNotices",
    permission: "hub.member",
    summary: "What concerns you and happened lately, the latest first",
    tags,
    input: z.object({
      unread: z.boolean().default(false).describe("Only what you have not read"),
      after: z.string().max(500).optional().describe("`next` of the page before"),
      limit: z.int().min(1).max(100).default(NOTICES_A_PAGE),
    }),
    output: pageSchema(noticeSchema),
    handler: ({ input: { unread, after, limit }, context }) =>
      listNotices(context, { unreadOnly: unread, after, limit }),
  }),
  read: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/me/notifications/read",
    operationId: "readMyHubNotices",
    permission: "hub.member",
    summary: "Mark a notification as read, or all of them",
    description: "Opening a topic marks what tells of it as read by itself.",
    tags,
    input: z.object({
      one: z
        .object({ kind: z.enum(noticeKinds), topic: numberSchema, number: numberSchema })
        .optional()
        .describe("Missing: all"),
    }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await readOwnNotices(context, input.one);
      return done;
    },
  }),
  followBoard: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/boards/{boardId}/following",
    operationId: "followHubBoard",
    permission: "hub.member",
    summary: "Hear of new topics in a board, or no longer",
    tags,
    input: z.object({ boardId: z.uuid(), isOn: z.boolean() }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await follow(context, input);
      return done;
    },
  }),
};
