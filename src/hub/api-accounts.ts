import { z } from "zod";
import { emailSchema } from "#src/accounts/model.ts";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { ownSession } from "./call.ts";
import { providerNames, TEAM_LINK_HOURS } from "./model.ts";
import { askEmailChange, confirmEmail } from "./people/email-change.ts";
import { giveEmail, makePasswordLink } from "./people/team-help.ts";
import { awaitedEmail, dropEmailWish } from "./store/email-changes.ts";
import { memberAccount, memberAccounts } from "./store/members-accounts.ts";
import { hubProcedure } from "./visitor.ts";

const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;
const tags: readonly [string] = ["Hub sign-in"];
const teamTags: readonly [string] = ["Hub set-up"];

/** A member's own address. */
export const ownAddressApi = {
  myAddress: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me/email",
    operationId: "getMyHubAddress",
    permission: "hub.member",
    summary: "The address you sign in with, and the one that waits to be confirmed",
    tags,
    output: z.object({ email: z.string().nullable(), awaited: z.string().nullable() }),
    handler: async ({ context }) => {
      const { accountId } = ownSession(context);
      const { community } = context;
      return context.run(async (tx) => ({
        email: (await memberAccount(tx, community, accountId))?.email ?? null,
        awaited: (await awaitedEmail(tx, community, { accountId, now: context.now() })) ?? null,
      }));
    },
  }),
  changeAddress: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/me/email",
    operationId: "changeMyHubAddress",
    permission: "hub.member",
    summary: "Ask for another address; it counts once the letter to it was opened",
    description: "Prove first that it is you. Answers the same whether somebody has the address. Needs a mail server.",
    tags,
    input: z.object({ email: emailSchema }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await askEmailChange(context, input.email);
      return done;
    },
  }),
  dropAddressWish: hubProcedure({
    method: "DELETE",
    path: "/communities/{community}/hub/me/email/wish",
    operationId: "dropMyHubAddressWish",
    permission: "hub.member",
    summary: "Take the wish for another address back",
    tags,
    output: doneSchema,
    handler: async ({ context }) => {
      const { accountId } = ownSession(context);
      await context.run((tx) => dropEmailWish(tx, context.community, accountId));
      return done;
    },
  }),
  confirmAddress: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/email-links/{token}/use",
    operationId: "confirmHubAddressChange",
    permission: "hub.public",
    summary: "Confirm another address by the link of the letter; signs nobody in",
    tags,
    secret: true,
    input: z.object({ token: z.string().min(1).max(200) }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await confirmEmail(context, input.token);
      return done;
    },
  }),
};

/** What the team does for members who cannot come in. */
export const memberAccountsApi = {
  accounts: procedure({
    method: "GET",
    path: "/communities/{community}/hub/accounts",
    operationId: "listHubAccounts",
    permission: "hub.manage",
    summary: "Accounts of members, by name, with what opens each",
    tags: teamTags,
    input: z.object({
      typed: z.string().max(254).default("").describe("The beginning of a name, or a whole address"),
      ...pageFields,
    }),
    output: pageSchema(
      z.object({
        accountId: z.uuid(),
        memberId: z.uuid(),
        name: z.string(),
        email: z.string().nullable(),
        hasPassword: z.boolean(),
        passkeys: z.int(),
        platforms: z.array(z.enum(providerNames)),
        joinedAt: z.iso.datetime(),
        leavingAt: z.iso.datetime().nullable().describe("When they will be gone, unless they come back before"),
      }),
    ),
    handler: async ({ input: { typed, after, limit }, context }) => {
      const ask = { typed, after: readCursor(after, z.tuple([z.string().max(200)]))?.[0], limit: limit + 1 };
      const rows = await context.run((tx) => memberAccounts(tx, context.community, ask));
      const { items, next } = pageOf(rows, limit, ({ key }) => [key]);
      const told = items.map(({ key: _, platforms, joinedAt, leavingAt, ...row }) => ({
        ...row,
        platforms: providerNames.filter((name) => platforms.includes(name)),
        joinedAt: joinedAt.toISOString(),
        leavingAt: leavingAt?.toISOString() ?? null,
      }));
      return { items: told, next };
    },
  }),
  makePasswordLink: procedure({
    method: "POST",
    path: "/communities/{community}/hub/accounts/{accountId}/password-link",
    operationId: "makeHubPasswordLink",
    permission: "hub.manage",
    summary: "Make a link by which a member sets another password, and pass it on yourself",
    description: `Works once, within ${TEAM_LINK_HOURS} hours, and signs the member in. Make sure first who asks.`,
    tags: teamTags,
    status: 201,
    secret: true,
    input: z.object({ accountId: z.uuid() }),
    output: z.object({ link: z.string().describe("Shown this once"), expiresAt: z.iso.datetime() }),
    handler: async ({ input: { accountId }, context }) => {
      context.note({ target: accountId });
      const { link, expiresAt } = await makePasswordLink(context, accountId);
      return { link, expiresAt: new Date(expiresAt).toISOString() };
    },
  }),
  giveAddress: procedure({
    method: "PUT",
    path: "/communities/{community}/hub/accounts/{accountId}/email",
    operationId: "changeHubMemberAddress",
    permission: "hub.manage",
    summary: "Give a member another address at once; everywhere they are signed out",
    description: "Make sure first who asks. The address before is told where letters go out; no entry holds either.",
    tags: teamTags,
    input: z.object({ accountId: z.uuid(), email: emailSchema }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      context.note({ target: input.accountId });
      await giveEmail(context, input);
      return done;
    },
  }),
};
