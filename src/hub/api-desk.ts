import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { newId } from "#src/base/ids.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { answerMember, ownTeamMessages, writeToTeam } from "./desk/desk.ts";
import { deskMessageSchema, teamMessageSchema, teamTextSchema } from "./desk/message.ts";
import { deskMessage, deskMessages, writeState } from "./desk/store.ts";
import { teamMessageStates } from "./model.ts";
import { hubProcedure } from "./visitor.ts";

const tags: readonly [string] = ["Hub messages to the team"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;

const forMembers = {
  write: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/me/team-messages",
    operationId: "writeToHubTeam",
    permission: "hub.member",
    summary: "Write to the team",
    tags,
    status: 201,
    input: z.object({
      text: teamTextSchema,
      form: z.uuid().optional().describe("New for each message; sent twice, it comes once"),
    }),
    output: z.object({ id: z.uuid() }),
    handler: async ({ input: { text, form }, context }) => ({
      id: await writeToTeam(context, { text, form: form ?? newId(context.now()) }),
    }),
  }),
  own: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me/team-messages",
    operationId: "listMyHubTeamMessages",
    permission: "hub.member",
    summary: "What you wrote to the team and what it answered, the latest first",
    tags,
    output: z.object({ items: z.array(teamMessageSchema) }),
    handler: async ({ context }) => ({ items: await ownTeamMessages(context) }),
  }),
};

const forTeam = {
  list: procedure({
    method: "GET",
    path: "/communities/{community}/hub/team-messages",
    operationId: "listHubTeamMessages",
    permission: "hub.moderate",
    summary: "What members wrote to the team: the waiting with the oldest first, the others with the latest first",
    tags,
    input: z.object({
      ...pageFields,
      state: z.enum(teamMessageStates).default("new"),
      search: z.string().trim().min(1).max(200).optional().describe("Part of the text or of the writer's name"),
    }),
    output: pageSchema(deskMessageSchema),
    handler: async ({ input: { state, search, after, limit }, context }) => {
      const ask = { state, search, after: readCursor(after, z.tuple([z.uuid()]))?.[0], limit: limit + 1 };
      return pageOf(await context.run((tx) => deskMessages(tx, context.community, ask)), limit, ({ id }) => [id]);
    },
  }),
  get: procedure({
    method: "GET",
    path: "/communities/{community}/hub/team-messages/{messageId}",
    operationId: "getHubTeamMessage",
    permission: "hub.moderate",
    summary: "A message to the team with its answers",
    tags,
    input: z.object({ messageId: z.uuid() }),
    output: deskMessageSchema,
    handler: async ({ input, context }) => {
      const found = await context.run((tx) => deskMessage(tx, context.community, input.messageId));
      return found ?? refuse("not-found", "hub.no-such-team-message");
    },
  }),
  answer: procedure({
    method: "POST",
    path: "/communities/{community}/hub/team-messages/{messageId}/answers",
    operationId: "answerHubTeamMessage",
    permission: "hub.moderate",
    summary: "Answer a member for the team",
    description: "They are told in the hub and, where there is a mail server and they want that, by mail.",
    tags,
    status: 201,
    input: z.object({ messageId: z.uuid(), text: teamTextSchema }),
    output: z.object({ mailed: z.boolean().describe("Whether the answer goes by mail as well") }),
    handler: async ({ input: { messageId: id, text }, context }) => ({
      mailed: await answerMember(context, { id, text }),
    }),
  }),
  setState: procedure({
    method: "PUT",
    path: "/communities/{community}/hub/team-messages/{messageId}/state",
    operationId: "setHubTeamMessageState",
    permission: "hub.moderate",
    summary: "Close a message to the team without an answer, or open it again",
    tags,
    input: z.object({ messageId: z.uuid(), state: z.enum(teamMessageStates) }),
    output: doneSchema,
    handler: async ({ input: { messageId: id, state }, context }) => {
      context.note({ details: { state } });
      const isThere = await context.run((tx) => writeState(tx, context.community, { id, state }));
      return isThere ? done : refuse("not-found", "hub.no-such-team-message");
    },
  }),
};

/** What members write to the team, and its answers. */
export const deskApi = { ...forMembers, ...forTeam };
