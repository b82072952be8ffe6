import { z } from "zod";
import { emailSchema, passwordSchema } from "#src/accounts/model.ts";
import { refuse } from "#src/base/refusal.ts";
import { ownSession } from "./call.ts";
import { authorSchema, memberNameSchema, newAccountSchema } from "./model.ts";
import { enrol, join } from "./people/join.ts";
import { askLink, openSignLink, setPasswordByLink } from "./people/links.ts";
import { newQuestion } from "./people/question.ts";
import { beginSession, endSession } from "./people/sessions.ts";
import { changePassword, signIn } from "./people/sign-in.ts";
import { readSignUp } from "./people/sign-up.ts";
import { endSessionOf, endSessionsOf, sessionsOf } from "./store/sessions.ts";
import { hubProcedure } from "./visitor.ts";

const tags: readonly [string] = ["Hub sign-in"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;
const tokenSchema = z.string().min(1).max(200);
const askSchema = z.object({ email: emailSchema });

/** Becoming a member. */
const joining = {
  question: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/join/question",
    operationId: "getHubJoinQuestion",
    permission: "hub.public",
    summary: "A question to answer where joining takes one, because many join at once",
    tags,
    output: z.object({
      token: z.string().describe("Sent along as `question`; good for one try within half an hour"),
      first: z.int(),
      second: z.int().describe("To be added to the first; the sum is the `answer`"),
    }),
    handler: async ({ context }) => newQuestion(context),
  }),
  join: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/join",
    operationId: "joinHub",
    permission: "hub.public",
    summary: "Make an account; where letters go out, by opening the one that is sent",
    description:
      "With a mail server the answer is the same whether somebody has the address or not; there is no account before " +
      "the letter's link is used. Without one you are signed in at once.",
    tags,
    status: 201,
    secret: true,
    input: newAccountSchema,
    output: z.object({ you: authorSchema.nullable().describe("null: a letter is on its way to the address") }),
    handler: async ({ input, context }) => {
      const account = await join(context, input);
      if (account === undefined) return { you: null };
      await beginSession(context, account.accountId);
      return { you: { memberId: account.memberId, name: account.name, isTeam: false } };
    },
  }),
  confirm: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/join/letters/{token}/use",
    operationId: "confirmHubAddress",
    permission: "hub.public",
    summary: "Become a member by the link of the letter, and sign in",
    tags,
    status: 201,
    secret: true,
    input: z.object({
      token: tokenSchema,
      name: memberNameSchema.optional().describe("Another name, when somebody took the first one meanwhile"),
    }),
    output: authorSchema,
    handler: async ({ input, context }) => {
      const found = await readSignUp(context, input.token);
      const account = await enrol(context, { ...found, name: input.name ?? found.name, userId: null });
      await beginSession(context, account.accountId);
      return { memberId: account.memberId, name: account.name, isTeam: false };
    },
  }),
};

/** Coming in. */
const signingIn = {
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
    input: askSchema,
    output: doneSchema,
    handler: async ({ input, context }) => {
      await askLink(context, input.email, "sign-in");
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
    input: z.object({ token: tokenSchema }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await openSignLink(context, input.token);
      return done;
    },
  }),
};

/** Passwords. */
const passwords = {
  askPasswordLink: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/password-links",
    operationId: "askHubPasswordLink",
    permission: "hub.public",
    summary: "Have a letter sent with a link to set another password",
    description: "Answers the same whether anybody has the address. Needs a mail server.",
    tags,
    input: askSchema,
    output: doneSchema,
    handler: async ({ input, context }) => {
      await askLink(context, input.email, "password");
      return done;
    },
  }),
  setPassword: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/password-links/{token}/use",
    operationId: "setHubPassword",
    permission: "hub.public",
    summary: "Set another password by the link of a letter, once, and sign in; everywhere else you are signed out",
    tags,
    secret: true,
    input: z.object({ token: tokenSchema, password: passwordSchema }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await setPasswordByLink(context, input);
      return done;
    },
  }),
  changePassword: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/me/password",
    operationId: "changeHubPassword",
    permission: "hub.member",
    summary: "Set another password, or your first one; everywhere else you are signed out",
    description: "Without a password, prove first that it is you, and have an address to sign in with.",
    tags,
    secret: true,
    input: z.object({
      current: z.string().max(128).optional().describe("Needed when you have a password"),
      password: passwordSchema,
    }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      const { current, password } = input;
      await changePassword(context, { current, password });
      return done;
    },
  }),
};

/** Going out, here or elsewhere. */
const goingOut = {
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
  sessions: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me/sessions",
    operationId: "listMyHubSessions",
    permission: "hub.member",
    summary: "Where you are signed in, the latest used first",
    tags,
    output: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          device: z.string().describe("Such as `Firefox, Linux`; empty when the browser did not say"),
          madeAt: z.iso.datetime(),
          seenAt: z.iso.datetime().describe("Kept to the day"),
          isThis: z.boolean(),
        }),
      ),
    }),
    handler: async ({ context }) => {
      const { accountId, sessionId } = ownSession(context);
      const asked = { accountId, now: context.now() };
      const rows = await context.run((tx) => sessionsOf(tx, context.community, asked));
      const items = rows.map(({ id, device, madeAt, seenAt }) => ({
        id,
        device,
        madeAt: madeAt.toISOString(),
        seenAt: seenAt.toISOString(),
        isThis: id === sessionId,
      }));
      return { items };
    },
  }),
  endSession: hubProcedure({
    method: "DELETE",
    path: "/communities/{community}/hub/me/sessions/{sessionId}",
    operationId: "endMyHubSession",
    permission: "hub.member",
    summary: "Sign out one of your other browsers",
    tags,
    input: z.object({ sessionId: z.uuid() }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      const which = { accountId: ownSession(context).accountId, id: input.sessionId };
      const isEnded = await context.run((tx) => endSessionOf(tx, context.community, which));
      return isEnded ? done : refuse("not-found", "hub.no-such-session");
    },
  }),
  endOthers: hubProcedure({
    method: "DELETE",
    path: "/communities/{community}/hub/me/sessions",
    operationId: "endMyOtherHubSessions",
    permission: "hub.member",
    summary: "Sign out everywhere but here",
    tags,
    output: doneSchema,
    handler: async ({ context }) => {
      const { accountId, sessionId } = ownSession(context);
      await context.run((tx) => endSessionsOf(tx, context.community, { accountId, kept: sessionId }));
      return done;
    },
  }),
};

/** Joining a hub, signing in and out. */
export const hubDoorApi = { ...joining, ...signingIn, ...passwords, ...goingOut };
