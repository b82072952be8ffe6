import { z } from "zod";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { mayGive } from "./actions.ts";
import type { CommunityCall } from "./call.ts";
import { acceptInvitation, invitationAt, invite, inviteAgain, joinByInvitation } from "./invitations.ts";
import {
  emailSchema,
  INVITATION_DAYS,
  invitationSchema,
  invitationStates,
  localeSchema,
  MAX_INVITATION_DAYS,
  passwordSchema,
  personNameSchema,
  profileSchema,
  roleSchema,
  timeZoneSchema,
} from "./model.ts";
import { installProcedure, procedure } from "./procedure.ts";
import { invitationsOf, revokeInvitation } from "./store/invitations.ts";

const tokenSchema = z.string().min(1).max(200);
const daysSchema = z.int().min(1).max(MAX_INVITATION_DAYS).default(INVITATION_DAYS);
const madeSchema = z.object({
  id: z.uuid(),
  link: z.string().describe("Shown this once. It works for whoever has it, once"),
  isMailed: z.boolean().describe("Whether a letter with the link is on its way"),
});

function takeTurn(context: CommunityCall): void {
  context.limits.take("invitation.make", context.actor.id);
}

/** Inviting, for the team. */
const making = {
  invitations: procedure({
    method: "GET",
    path: "/communities/{community}/invitations",
    operationId: "listInvitations",
    permission: "staff.read",
    summary: "Invitations, the newest first",
    tags: ["Team"],
    input: z.object({
      ...pageFields,
      search: z.string().max(100).optional().describe("Part of an address or of a name"),
      state: z.enum(invitationStates).optional(),
    }),
    output: pageSchema(invitationSchema),
    handler: async ({ input: { search, state, after, limit }, context }) => {
      const ask = { search, state, after: readCursor(after, z.tuple([z.uuid()]))?.[0], limit: limit + 1 };
      const rows = await invitationsOf(context.databases.owner, context.community, { ...ask, now: context.now() });
      return pageOf(rows, limit, (row) => [row.id]);
    },
  }),
  invite: procedure({
    method: "POST",
    path: "/communities/{community}/invitations",
    operationId: "createInvitation",
    permission: "staff.change",
    summary: "Invite somebody into the team",
    description:
      "With `email` and a mail server a letter goes out as well; the link is yours to pass on in any case. " +
      "Nobody gives a role above their own.",
    tags: ["Team"],
    status: 201,
    secret: true,
    input: z.object({
      role: roleSchema,
      email: emailSchema.optional(),
      language: localeSchema.optional().describe("Of the letter; without it the community's"),
      days: daysSchema,
    }),
    output: madeSchema,
    handler: async ({ input: { role, email, language, days }, context }) => {
      takeTurn(context);
      if (!mayGive(context.actor.role, role)) refuse("forbidden", "accounts.role-above-own");
      const made = await invite(context, { role, email, language, days });
      context.note({ target: made.id, details: { role } });
      return { ...made, isMailed: email !== undefined && context.mailer.works };
    },
  }),
  inviteAgain: procedure({
    method: "POST",
    path: "/communities/{community}/invitations/{invitationId}/link",
    operationId: "renewInvitation",
    permission: "staff.change",
    summary: "Make an invitation's link anew",
    description: "The link before stops working. With an address and a mail server a letter goes out again.",
    tags: ["Team"],
    secret: true,
    input: z.object({ invitationId: z.uuid(), language: localeSchema.optional(), days: daysSchema }),
    output: madeSchema.omit({ isMailed: true }),
    handler: async ({ input: { invitationId, language, days }, context }) => {
      takeTurn(context);
      const may = (role: Parameters<typeof mayGive>[1]) => mayGive(context.actor.role, role);
      return inviteAgain(context, { id: invitationId, language, days, mayGive: may });
    },
  }),
  revokeInvitation: procedure({
    method: "DELETE",
    path: "/communities/{community}/invitations/{invitationId}",
    operationId: "revokeInvitation",
    permission: "staff.change",
    summary: "Revoke an invitation",
    description: "Its link stops working at once. One that was used stays as it is: take the person out instead.",
    tags: ["Team"],
    input: z.object({ invitationId: z.uuid() }),
    output: z.object({ done: z.literal(true) }),
    handler: async ({ input, context }) => {
      const which = { id: input.invitationId, at: context.now() };
      const revoked = await context.run((tx) => revokeInvitation(tx, context.community, which));
      return revoked === undefined ? refuse("not-found", "accounts.no-such-invitation") : { done: true as const };
    },
  }),
};

/** Joining, for whoever holds a link. */
const joining = {
  invitation: installProcedure({
    method: "GET",
    path: "/invitations/{token}",
    operationId: "getInvitation",
    permission: "public",
    summary: "What an invitation's link opens",
    tags: ["Account"],
    input: z.object({ token: tokenSchema }),
    output: z.object({
      invitation: z
        .object({
          community: z.string(),
          role: roleSchema,
          email: z.string().nullable(),
          invitedBy: z.string().nullable(),
          expiresAt: z.iso.datetime(),
        })
        .nullable()
        .describe("null when the link is used up, revoked, too old or was never made"),
    }),
    handler: async ({ input, context }) => {
      const found = await invitationAt(context, input.token);
      if (found === undefined) return { invitation: null };
      const { communityName: community, role, email, invitedBy, expiresAt } = found;
      return { invitation: { community, role, email, invitedBy, expiresAt: expiresAt.toISOString() } };
    },
  }),
  accept: installProcedure({
    method: "POST",
    path: "/invitations/{token}/accept",
    operationId: "acceptInvitation",
    permission: "signed-in",
    summary: "Join a team with the account you are signed in with",
    tags: ["Account"],
    input: z.object({ token: tokenSchema }),
    output: z.object({ community: z.string().describe("Its short name in addresses"), role: roleSchema }),
    handler: async ({ input, context }) => {
      const { communitySlug, role } = await acceptInvitation(context, input.token);
      return { community: communitySlug, role };
    },
  }),
  join: installProcedure({
    method: "POST",
    path: "/invitations/{token}/join",
    operationId: "joinByInvitation",
    permission: "public",
    summary: "Make an account by an invitation's link and join",
    description: "Signs you in. `email` is needed unless the invitation names an address, which then is yours.",
    tags: ["Account"],
    status: 201,
    input: z.object({
      token: tokenSchema,
      name: personNameSchema,
      email: emailSchema.optional(),
      password: passwordSchema,
      language: localeSchema.nullable().default(null),
      timeZone: timeZoneSchema.nullable().default(null),
    }),
    output: z.object({ community: z.string(), role: roleSchema, person: profileSchema }),
    handler: async ({ input: { token, email, ...person }, context }) => {
      const { profile, invitation } = await joinByInvitation(context, token, { ...person, email });
      await context.signIn.begin(profile.id, context);
      return { community: invitation.communitySlug, role: invitation.role, person: profile };
    },
  }),
};

/** Invitations, from both ends. */
export const invitationsApi = { ...making, ...joining };
