import { z } from "zod";
import { pageSchema } from "#src/base/paging.ts";
import { askToJoin, groupsKnown, leaveGroup, readGroup, withdrawRequest } from "./groups/belonging.ts";
import { groupPersonSchema, LONGEST_WISH } from "./groups/model.ts";
import { topicRowSchema } from "./model.ts";
import { hubProcedure } from "./visitor.ts";

const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;

const tags: readonly [string] = ["Hub groups of mine"];
const number = z.int().min(1).max(1_000_000).describe("Of the group");
const knownSchema = z.object({
  number: z.int(),
  name: z.string(),
  about: z.string(),
  takesRequests: z.boolean(),
  isIn: z.boolean().describe("You belong, or are of the team"),
  handle: z.string().describe("What it is called by in posts, behind an @"),
  mayCall: z.boolean().describe("You may call it"),
});
const personSchema = groupPersonSchema.pick({ memberId: true, name: true });

/** Groups as members meet them. */
export const ownGroupsApi = {
  known: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/groups",
    operationId: "listKnownHubGroups",
    permission: "hub.reader",
    summary: "Groups you belong to, and those you may ask to belong to",
    tags,
    output: z.object({ items: z.array(knownSchema) }),
    handler: async ({ context }) => ({ items: await groupsKnown(context) }),
  }),
  read: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/groups/{number}",
    operationId: "getKnownHubGroup",
    permission: "hub.reader",
    summary: "A group: how you stand to it, and for its people its boards, latest topics and who else belongs",
    tags,
    input: z.object({ number: number, after: z.string().max(500).optional() }),
    output: z.object({
      group: knownSchema,
      standing: z.enum(["in", "in-by-rule", "waiting", "declined", "may-ask", "team"]),
      reason: z.string(),
      boards: z.array(z.object({ id: z.uuid(), key: z.string(), name: z.string() })),
      topics: z.array(topicRowSchema),
      people: pageSchema(personSchema).nullable().describe("null: the group does not show you its people"),
    }),
    handler: async ({ input, context }) => {
      const {
        group,
        standing,
        reason,
        boards,
        topics,
        people: shown,
      } = await readGroup(context, { ...input, after: input.after });
      const known = shown && { items: shown.items.map(({ memberId, name }) => ({ memberId, name })), next: shown.next };
      return {
        group,
        standing,
        reason,
        boards: boards.map(({ id, key, name }) => ({ id, key, name })),
        topics: [...topics],
        people: known ?? null,
      };
    },
  }),
  ask: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/groups/{number}/request",
    operationId: "askToJoinHubGroup",
    permission: "hub.member",
    summary: "Ask to belong to a group",
    tags,
    input: z.object({ number: number, text: z.string().trim().max(LONGEST_WISH).default("") }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await askToJoin(context, input);
      return done;
    },
  }),
  withdraw: hubProcedure({
    method: "DELETE",
    path: "/communities/{community}/hub/groups/{number}/request",
    operationId: "withdrawHubGroupRequest",
    permission: "hub.member",
    summary: "Take back your wish to belong",
    tags,
    input: z.object({ number: number }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await withdrawRequest(context, input.number);
      return done;
    },
  }),
  leave: hubProcedure({
    method: "DELETE",
    path: "/communities/{community}/hub/groups/{number}/me",
    operationId: "leaveHubGroup",
    permission: "hub.member",
    summary: "Leave a group",
    tags,
    input: z.object({ number: number }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await leaveGroup(context, input.number);
      return done;
    },
  }),
};
