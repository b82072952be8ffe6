import { z } from "zod";
import { refuse } from "#src/base/refusal.ts";
import { claimInstallation } from "./actions.ts";
import { emailApi } from "./api-email.ts";
import { invitationsApi } from "./api-invitations.ts";
import { factorsApi } from "./api-factors.ts";
import { keysApi } from "./api-keys.ts";
import { passkeysApi } from "./api-passkeys.ts";
import { resetsApi } from "./api-resets.ts";
import { sessionApi, takeSignInTry } from "./api-session.ts";
import { teamApi } from "./api-team.ts";
import { trailApi } from "./api-trail.ts";
import {
  emailSchema,
  localeSchema,
  passwordSchema,
  personNameSchema,
  profileSchema,
  themeSchema,
  timeZoneSchema,
} from "./model.ts";
import { secretHash } from "./one-time-token.ts";
import { installProcedure } from "./procedure.ts";
import { changeProfile, hasPeople, startLinkWorks } from "./store/people.ts";
import { endSession, sessionsOf } from "./store/sessions.ts";

const done = z.object({ done: z.literal(true) });

/** The first steps in a new installation. */
const start = {
  installation: installProcedure({
    method: "GET",
    path: "/installation",
    operationId: "getInstallation",
    permission: "public",
    summary: "Whether this installation already has an owner, and whether it sends letters",
    tags: ["Account"],
    output: z.object({ hasOwner: z.boolean(), sendsMail: z.boolean() }),
    handler: async ({ context }) => ({
      hasOwner: await hasPeople(context.databases.owner),
      sendsMail: context.mailer.works,
    }),
  }),
  startLink: installProcedure({
    method: "GET",
    path: "/start-links/{token}",
    operationId: "getStartLink",
    permission: "public",
    summary: "Whether a one-time link still works",
    tags: ["Account"],
    input: z.object({ token: z.string().min(1).max(200) }),
    output: z.object({ works: z.boolean() }),
    handler: async ({ input, context }) => {
      const works = await startLinkWorks(context.databases.owner, secretHash(input.token), context.now());
      return { works };
    },
  }),
  claim: installProcedure({
    method: "POST",
    path: "/start-links/{token}/claim",
    operationId: "claimInstallation",
    permission: "public",
    summary: "Become the owner by the one-time link",
    description: "Makes the owner's account and signs them in. The link is printed where Veche was started.",
    tags: ["Account"],
    status: 201,
    input: z.object({
      token: z.string().min(1).max(200),
      name: personNameSchema,
      email: emailSchema,
      password: passwordSchema,
      language: localeSchema.nullable().default(null),
      timeZone: timeZoneSchema.nullable().default(null),
    }),
    output: profileSchema,
    handler: async ({ input: { token, ...person }, context }) => {
      const tools = { databases: context.databases, now: context.now() };
      const profile = await claimInstallation(tools, token, person);
      await context.signIn.begin(profile.id, context);
      return profile;
    },
  }),
};

/** A person's own account. */
const me = {
  profile: installProcedure({
    method: "GET",
    path: "/me",
    operationId: "getMe",
    permission: "signed-in",
    summary: "Who is signed in",
    tags: ["Account"],
    output: profileSchema,
    handler: async ({ context }) => context.person,
  }),
  change: installProcedure({
    method: "PATCH",
    path: "/me",
    operationId: "changeMe",
    permission: "signed-in",
    summary: "Change your name, language, theme or time zone",
    tags: ["Account"],
    input: z.object({
      name: personNameSchema.optional(),
      language: localeSchema.nullable().optional(),
      theme: themeSchema.optional(),
      timeZone: timeZoneSchema.nullable().optional(),
    }),
    output: profileSchema,
    handler: async ({ input, context }) => changeProfile(context.databases.owner, context.person, input),
  }),
  changePassword: installProcedure({
    method: "POST",
    path: "/me/password",
    operationId: "changePassword",
    permission: "signed-in",
    summary: "Change your password",
    description: "Everywhere else you are signed out.",
    tags: ["Account"],
    secret: true,
    input: z.object({ current: z.string().min(1).max(128), next: passwordSchema }),
    output: done,
    handler: async ({ input, context }) => {
      takeSignInTry(context, context.person.email);
      await context.signIn.changePassword({ ...input, person: context.person, sessionId: context.sessionId });
      return { done: true } as const;
    },
  }),
  sessions: installProcedure({
    method: "GET",
    path: "/me/sessions",
    operationId: "listMySessions",
    permission: "signed-in",
    summary: "Where you are signed in",
    tags: ["Account"],
    output: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          browser: z.string().nullable().describe("What the browser says of itself"),
          signedInAt: z.iso.datetime(),
          usedAt: z.iso.datetime().describe("To the day"),
          isThis: z.boolean(),
        }),
      ),
    }),
    handler: async ({ context }) => {
      const rows = await sessionsOf(context.databases.owner, context.person.id);
      const items = rows.map((row) => ({
        id: row.id,
        browser: row.userAgent,
        signedInAt: row.createdAt.toISOString(),
        usedAt: row.usedAt.toISOString(),
        isThis: row.id === context.sessionId,
      }));
      return { items };
    },
  }),
  endSession: installProcedure({
    method: "DELETE",
    path: "/me/sessions/{sessionId}",
    operationId: "endMySession",
    permission: "signed-in",
    summary: "Sign out somewhere else",
    tags: ["Account"],
    input: z.object({ sessionId: z.uuid() }),
    output: done,
    handler: async ({ input, context }) => {
      const ended = await endSession(context.databases.owner, context.person.id, input.sessionId);
      return ended ? { done: true as const } : refuse("not-found", "accounts.no-such-session");
    },
  }),
};

/** Everything about who may come in. */
export const accountsApi = {
  ...start,
  ...sessionApi,
  ...factorsApi,
  ...passkeysApi,
  me,
  trail: trailApi,
  ...teamApi,
  ...keysApi,
  ...invitationsApi,
  ...resetsApi,
  ...emailApi,
};
