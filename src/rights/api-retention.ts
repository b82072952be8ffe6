import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { type Retention, retentionKinds, retentionSchema, SHORTEST_KEPT_DAYS } from "./model.ts";
import { oldBefore } from "./retain.ts";
import { countOlder, rulesOf, setRule } from "./store/retention.ts";

const tags: readonly [string] = ["Data rights"];

async function rulesTold(tx: Tx, community: CommunityId): Promise<Retention[]> {
  const rules = await rulesOf(tx, community);
  return retentionKinds.map((kind) => {
    const rule = rules.find((each) => each.kind === kind);
    const appliedAt = rule?.appliedAt?.toISOString() ?? null;
    return { kind, days: rule?.days ?? null, appliedAt, removed: rule?.removed ?? 0 };
  });
}

const kindSchema = z.enum(retentionKinds);
const daysSchema = z.int().min(SHORTEST_KEPT_DAYS).max(36_525);

/** For how long what is kept. */
export const retentionApi = {
  retention: procedure({
    method: "GET",
    path: "/communities/{community}/retention",
    operationId: "getRetention",
    permission: "rights.read",
    summary: "For how long each kind of data is kept",
    tags,
    output: z.object({ items: z.array(retentionSchema) }),
    handler: async ({ context }) => ({ items: await context.run((tx) => rulesTold(tx, context.community)) }),
  }),
  retentionPreview: procedure({
    method: "GET",
    path: "/communities/{community}/retention/{kind}/preview",
    operationId: "previewRetention",
    permission: "rights.read",
    summary: "What a rule would remove now",
    tags,
    input: z.object({ kind: kindSchema, days: daysSchema }),
    output: z.object({ count: z.int() }),
    handler: async ({ input: { kind, days }, context }) => {
      const before = oldBefore(days, context.now());
      return { count: await context.run((tx) => countOlder(tx, context.community, { kind, before })) };
    },
  }),
  setRetention: procedure({
    method: "PUT",
    path: "/communities/{community}/retention/{kind}",
    operationId: "setRetention",
    permission: "rights.change",
    summary: "Set for how long a kind of data is kept",
    description: "`null` keeps it for ever. What is older goes with the next night's run, and does not come back.",
    tags,
    input: z.object({ kind: kindSchema, days: daysSchema.nullable() }),
    output: z.object({ items: z.array(retentionSchema) }),
    handler: async ({ input: { kind, days }, context }) => {
      const { actor, community, now } = context;
      context.note({ details: { kind, days } });
      const by = actor.kind === "person" ? actor.id : null;
      const items = await context.run(async (tx) => {
        await setRule(tx, community, { kind, days: days ?? undefined, by, at: now() });
        return rulesTold(tx, community);
      });
      return { items };
    },
  }),
};
