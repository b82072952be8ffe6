import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { hashPassword } from "#src/accounts/passwords.ts";
import { installProcedure, procedure } from "#src/accounts/procedure.ts";
import { auditQuerySchema } from "#src/analytics/model.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { lettersApi } from "./api-letters.ts";
import { openLink, unlock } from "./links/open.ts";
import { addLink, endLink, type LinkRow, linksOf } from "./links/store.ts";
import { newToken } from "./links/token.ts";
import { type AuditLink, auditLinkSchema, linkPasswordSchema, LONGEST_LINK_DAYS, sharedAuditSchema } from "./model.ts";
import { shownOf } from "./shown.ts";

const tags: readonly [string] = ["Sharing"];
const DAY = 86_400_000;

/** The address of a link, which tells everything to whoever has it. */
function addressOf(publicUrl: string, token: string): string {
  return `${publicUrl}/shared/${token}`;
}

async function describe(tx: Tx, { community, now }: CommunityCall, row: LinkRow): Promise<AuditLink> {
  const isLate = row.expiresAt.getTime() <= now();
  return {
    id: row.id,
    name: row.name,
    state: row.revokedAt !== null ? "revoked" : isLate ? "expired" : "open",
    shows: await shownOf(tx, community, { query: row.query, names: row.showsNames }),
    hasPassword: row.passwordHash !== null,
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    opened: row.opened,
    openedAt: row.openedAt?.toISOString() ?? null,
  };
}

/** Links to an audit, for those who hand them out. */
const links = {
  list: procedure({
    method: "GET",
    path: "/communities/{community}/audit-links",
    operationId: "listAuditLinks",
    permission: "analytics.share",
    summary: "Links by which audits are read without an account, newest first",
    tags,
    input: z.object(pageFields),
    output: pageSchema(auditLinkSchema),
    handler: async ({ input: { after, limit }, context }) =>
      context.run(async (tx) => {
        const before = readCursor(after, z.tuple([z.uuid()]))?.[0];
        const page = pageOf(await linksOf(tx, context.community, { after: before, limit }), limit, ({ id }) => [id]);
        const items = [];
        for (const row of page.items) items.push(await describe(tx, context, row));
        return { items, next: page.next };
      }),
  }),
  create: procedure({
    method: "POST",
    path: "/communities/{community}/audit-links",
    operationId: "createAuditLink",
    permission: "analytics.share",
    summary: "Make a link to an audit",
    description:
      "The address is told this once: only a hash of its secret is kept. Without dates the link follows the present.",
    tags,
    status: 201,
    secret: true,
    input: auditQuerySchema.extend({
      name: z.string().trim().min(1).max(100).describe("What the link is for; readers do not see it"),
      days: z.int().min(1).max(LONGEST_LINK_DAYS).describe("How long it works"),
      password: linkPasswordSchema.optional(),
      names: z.boolean().default(false).describe("Whether members are named"),
    }),
    output: z.object({ link: auditLinkSchema, address: z.string() }),
    handler: async ({ input, context }) => {
      const { name, days, password, names, ...query } = input;
      const { community, actor, now } = context;
      const { token, secretHash } = newToken(community);
      const passwordHash = password === undefined ? undefined : await hashPassword(password);
      const at = now();
      const kept = { ...auditQueryKept(query), id: newId(at), secretHash, name, showsNames: names, passwordHash };
      const link = { ...kept, createdByName: actor.name, now: at, expiresAt: at + days * DAY };
      return context.run(async (tx) => ({
        link: await describe(tx, context, await addLink(tx, community, link)),
        address: addressOf(context.publicUrl, token),
      }));
    },
  }),
  revoke: procedure({
    method: "DELETE",
    path: "/communities/{community}/audit-links/{link}",
    operationId: "revokeAuditLink",
    permission: "analytics.share",
    summary: "Take a link back: from now on it opens nothing",
    tags,
    input: z.object({ link: z.uuid() }),
    output: auditLinkSchema,
    handler: async ({ input, context }) =>
      context.run(async (tx) => {
        const ended = await endLink(tx, context.community, { id: input.link, now: context.now() });
        return ended === undefined ? refuse("not-found", "sharing.no-such-link") : describe(tx, context, ended);
      }),
  }),
};

/** The query of an audit as it is kept: in the form in which it was asked. */
function auditQueryKept(query: z.output<typeof auditQuerySchema>): { query: object } {
  return { query: { ...query, spaces: query.spaces.join(",") } };
}

const token = z.string().min(1).max(200);

/** What links open, for whoever has one. */
const shared = {
  audit: installProcedure({
    method: "GET",
    path: "/shared-audits/{token}",
    operationId: "getSharedAudit",
    permission: "public",
    summary: "The audit behind a link",
    tags,
    input: z.object({ token }),
    output: sharedAuditSchema,
    handler: ({ input, context }) => openLink(context, input.token),
  }),
  unlock: installProcedure({
    method: "POST",
    path: "/shared-audits/{token}/unlock",
    operationId: "unlockSharedAudit",
    permission: "public",
    summary: "Give a link's password",
    description: "The answer sets a cookie that opens the link for twelve hours.",
    tags,
    secret: true,
    input: z.object({ token, password: z.string().min(1).max(128) }),
    output: z.object({ done: z.literal(true) }),
    handler: async ({ input, context }) => {
      await unlock(context, input);
      return { done: true } as const;
    },
  }),
};

/** Audits for people without an account. */
export const sharingApi = { links, shared, ...lettersApi };
