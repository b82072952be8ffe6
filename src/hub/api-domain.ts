import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { procedure } from "#src/accounts/procedure.ts";
import { refuse } from "#src/base/refusal.ts";
import { checkDomains } from "./domain/check.ts";
import { domainOrigin, domainStates, domainTroubles, readDomain, typedDomainSchema } from "./domain/model.ts";
import { shownDomain } from "./domain/shown.ts";
import { askDomain, domainOf, type DomainRow, dropDomain, hurryDomain } from "./store/domains.ts";
import { hubOf } from "./store/hubs.ts";

const tags: readonly [string] = ["Hub set-up"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;

const domainSchema = z.object({
  domain: z.string().describe("As names are looked up; letters of other scripts in punycode"),
  shown: z.string().describe("As people read it"),
  address: z.string().describe("Where the hub stands, or is to stand"),
  state: z.enum(domainStates).describe("waiting: not proven yet; failing: in use, but it no longer leads here"),
  isServed: z.boolean().describe("Whether the hub stands there now; one that fails is given up after three days"),
  isBeingChecked: z.boolean(),
  trouble: z.enum(domainTroubles).nullable().describe("What the last look found; null when all is well"),
  since: z.iso.datetime().describe("Since when it is in this state"),
  checkedAt: z.iso.datetime().nullable(),
});

function stateOf({ provenAt, failingSince }: DomainRow): z.infer<typeof domainSchema>["state"] {
  if (provenAt === null) return "waiting";
  return failingSince === null ? "proven" : "failing";
}

function told(row: DomainRow, call: CommunityCall, served: string | null): z.infer<typeof domainSchema> {
  const { domain, askedAt, provenAt, failingSince, checkedAt, dueAt, trouble } = row;
  return {
    domain,
    shown: shownDomain(domain),
    address: domainOrigin(call.publicUrl, domain),
    state: stateOf(row),
    isServed: served === domain,
    isBeingChecked: dueAt.getTime() <= call.now(),
    trouble,
    since: (failingSince ?? provenAt ?? askedAt).toISOString(),
    checkedAt: checkedAt?.toISOString() ?? null,
  };
}

async function domainNow(call: CommunityCall): Promise<z.infer<typeof domainSchema> | null> {
  const row = await domainOf(call.databases.owner, call.community);
  if (row === undefined) return null;
  const hub = await call.run((tx) => hubOf(tx, call.community));
  return told(row, call, hub?.domain ?? null);
}

async function setDomain(call: CommunityCall, typed: string) {
  const read = readDomain(typed, call.publicUrl);
  if ("fault" in read) return refuse("invalid", `hub.domain-${read.fault}`);
  const { domain } = read;
  const wish = { domain, token: randomBytes(24).toString("base64url"), at: call.now() };
  await call.databases.asOwner(async (tx) => {
    if ((await hubOf(tx, call.community)) === undefined) refuse("conflict", "hub.not-set-up");
    if ((await domainOf(tx, call.community))?.domain === domain) return;
    if (!(await askDomain(tx, call.community, wish))) refuse("conflict", "hub.domain-taken");
    await call.jobs.send(checkDomains, {}, { tx });
  });
  return (await domainNow(call)) ?? refuse("not-found", "hub.no-domain");
}

/** The domain of its own at which a hub stands, for the team. */
export const domainApi = {
  domain: procedure({
    method: "GET",
    path: "/communities/{community}/hub/settings/domain",
    operationId: "getHubDomain",
    permission: "hub.manage",
    summary: "The hub's own domain, and whether it leads here",
    tags,
    output: z.object({ domain: domainSchema.nullable(), target: z.string().describe("Where its name is to lead") }),
    handler: async ({ context }) => ({
      domain: await domainNow(context),
      target: new URL(context.publicUrl).hostname,
    }),
  }),
  setDomain: procedure({
    method: "PUT",
    path: "/communities/{community}/hub/settings/domain",
    operationId: "setHubDomain",
    permission: "hub.manage",
    summary: "Let the hub stand at a domain of its own, as soon as it leads here",
    description: "One that it had before is given up.",
    tags,
    input: z.object({ domain: typedDomainSchema }),
    output: domainSchema,
    handler: async ({ input, context }) => {
      const set = await setDomain(context, input.domain);
      context.note({ details: { domain: set.domain } });
      return set;
    },
  }),
  checkDomain: procedure({
    method: "POST",
    path: "/communities/{community}/hub/settings/domain/check",
    operationId: "checkHubDomain",
    permission: "hub.manage",
    summary: "Look now whether the domain leads here",
    tags,
    output: doneSchema,
    handler: async ({ context }) => {
      const { community, databases, jobs, now } = context;
      context.limits.take("link.address", context.address);
      await databases.asOwner(async (tx) => {
        if (!(await hurryDomain(tx, community, now()))) refuse("not-found", "hub.no-domain");
        await jobs.send(checkDomains, {}, { tx });
      });
      return done;
    },
  }),
  dropDomain: procedure({
    method: "DELETE",
    path: "/communities/{community}/hub/settings/domain",
    operationId: "dropHubDomain",
    permission: "hub.manage",
    summary: "Give the domain up: the hub stands at its first address again",
    tags,
    output: doneSchema,
    handler: async ({ context }) => {
      const isGone = await context.databases.asOwner((tx) => dropDomain(tx, context.community));
      return isGone ? done : refuse("not-found", "hub.no-domain");
    },
  }),
};
