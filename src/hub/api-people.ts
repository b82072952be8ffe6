import { z } from "zod";
import { ownAccount, seenBoards } from "./call.ts";
import { authorSchema, boardSchema, hubSettingsSchema } from "./model.ts";
import { readProfile } from "./queries.ts";
import { writeAbout } from "./store/accounts.ts";
import { hubProcedure } from "./visitor.ts";

const tags: readonly [string] = ["Hub people"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;

/** What a hub is, and who is in it. */
export const hubPeopleApi = {
  hub: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub",
    operationId: "getHub",
    permission: "hub.public",
    summary: "What the hub is called, who may read and join, and who you are in it",
    tags,
    output: hubSettingsSchema.omit({ isOpen: true }).extend({
      name: z.string(),
      boards: z.array(boardSchema).describe("Those you may see; none for strangers of a closed hub"),
      you: authorSchema.nullable().describe("null: nobody is signed in"),
    }),
    handler: async ({ context }) => {
      const { hub, facts, visitor } = context;
      const { reading, joining, about, rules } = hub;
      const isShut = visitor.kind === "guest" && reading === "members";
      const account = visitor.kind === "guest" ? undefined : visitor.kind === "member" ? visitor : visitor.account;
      const you =
        account === undefined
          ? null
          : { memberId: account.memberId, name: account.name, isTeam: visitor.kind === "team" };
      return { name: facts.name, reading, joining, about, rules, boards: isShut ? [] : seenBoards(context), you };
    },
  }),
  member: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/people/{memberId}",
    operationId: "getHubMember",
    permission: "hub.reader",
    summary: "What others see of a member",
    tags,
    input: z.object({ memberId: z.uuid() }),
    output: authorSchema.extend({
      about: z.string(),
      joinedAt: z.iso.datetime(),
      posts: z.int(),
      hasLeft: z.boolean(),
    }),
    handler: async ({ input, context }) => {
      const { profile } = await readProfile(context, { memberId: input.memberId, before: undefined });
      return { ...profile, joinedAt: profile.joinedAt.toISOString() };
    },
  }),
  tellAbout: hubProcedure({
    method: "PATCH",
    path: "/communities/{community}/hub/me",
    operationId: "changeMyHubProfile",
    permission: "hub.member",
    summary: "Change what others read about you",
    tags,
    input: z.object({ about: z.string().trim().max(1000) }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      const { accountId: id } = ownAccount(context);
      await context.run((tx) => writeAbout(tx, context.community, { id, about: input.about }));
      return done;
    },
  }),
};
