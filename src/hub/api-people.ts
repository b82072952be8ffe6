import { z } from "zod";
import { emailSchema } from "#src/accounts/model.ts";
import { ownAccount, seenBoards } from "./call.ts";
import { authorSchema, boardSchema, hubSettingsSchema, newAccountSchema } from "./model.ts";
import { join } from "./people/join.ts";
import { beginSession, endSession } from "./people/sessions.ts";
import { leave, openSignLink, sendSignLink, signIn } from "./people/sign-in.ts";
import { readProfile } from "./queries.ts";
import { writeAbout } from "./store/accounts.ts";
import { hubProcedure } from "./visitor.ts";

const tags: readonly [string] = ["Hub people"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;

/** What a hub is, and coming in. */
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
  join: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/join",
    operationId: "joinHub",
    permission: "hub.public",
    summary: "Make an account and sign in",
    tags,
    status: 201,
    secret: true,
    input: newAccountSchema,
    output: authorSchema,
    handler: async ({ input, context }) => {
      const account = await join(context, input);
      await beginSession(context, account.accountId);
      return { memberId: account.memberId, name: account.name, isTeam: false };
    },
  }),
  signIn: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/sign-in",
    operationId: "signInToHub",
    permission: "hub.public",
    summary: "Sign in with e-mail and password",
    tags,
    secret: true,
    input: z.object({ email: emailSchema, password: z.string().max(128) }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await signIn(context, input);
      return done;
    },
  }),
  askSignLink: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/sign-in-links",
    operationId: "askHubSignInLink",
    permission: "hub.public",
    summary: "Have a letter sent with a link that signs you in",
    description: "Answers the same whether anybody has the address. Needs a mail server.",
    tags,
    input: z.object({ email: emailSchema }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await sendSignLink(context, input.email);
      return done;
    },
  }),
  openSignLink: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/sign-in-links/{token}/use",
    operationId: "useHubSignInLink",
    permission: "hub.public",
    summary: "Sign in by the link of a letter, once",
    tags,
    secret: true,
    input: z.object({ token: z.string().min(1).max(200) }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await openSignLink(context, input.token);
      return done;
    },
  }),
  signOut: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/sign-out",
    operationId: "signOutOfHub",
    permission: "hub.public",
    summary: "End this browser's session",
    tags,
    output: doneSchema,
    handler: async ({ context }) => {
      await endSession(context);
      return done;
    },
  }),
  leave: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/leave",
    operationId: "leaveHub",
    permission: "hub.member",
    summary: "Leave: your account ends, what you wrote stays",
    tags,
    output: doneSchema,
    handler: async ({ context }) => {
      await leave(context);
      return done;
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
