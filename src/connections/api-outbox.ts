import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { type OutboxLine, outboxStatuses, outboxViews, settlements } from "#src/platforms/outbox/model.ts";
import { countOutbox, listOutbox, settle } from "#src/platforms/outbox/outbox.ts";

const tags: readonly [string] = ["Platforms"];

const lineSchema = z.object({
  id: z.uuid(),
  platform: z.string(),
  connection: z.string().describe("What the connection is called"),
  kind: z
    .string()
    .nullable()
    .describe("What is to be done: `send`, `open-topic`, `edit`, `delete`, `pin`, `mute`, `ban`"),
  space: z.string().nullable(),
  text: z.string().nullable().describe("How its title or text begins"),
  priority: z.enum(["moderation", "single", "mass"]).describe("Moderation overtakes the rest"),
  status: z.enum(outboxStatuses).describe("`unknown`: it was sent off and no answer came. `dead`: it was given up"),
  attempts: z.int(),
  error: z.string().nullable().describe("The last failure, as a name or code"),
  writtenAt: z.iso.datetime(),
  dueAt: z.iso.datetime().describe("Not before; after a failure the next try"),
  endedAt: z.iso.datetime().nullable(),
});

function toldLine({ position: _, ...line }: OutboxLine): z.infer<typeof lineSchema> {
  const iso = (at: number): string => new Date(at).toISOString();
  const endedAt = line.endedAt === null ? null : iso(line.endedAt);
  return { ...line, writtenAt: iso(line.writtenAt), dueAt: iso(line.dueAt), endedAt };
}

/** What is to reach platforms, and what became of it. */
export const outboxApi = {
  list: procedure({
    method: "GET",
    path: "/communities/{community}/outbox",
    operationId: "listOutbox",
    permission: "connections.read",
    summary: "What is to go out to platforms, what waits for a person, and what has gone out, the latest first",
    description: "What is over is kept for 90 days.",
    tags,
    input: z.object({
      ...pageFields,
      view: z.enum(outboxViews).default("waiting"),
      search: z.string().trim().max(200).optional().describe("Words of the text or of the space's name"),
    }),
    output: pageSchema(lineSchema).extend({
      waiting: z.int().describe("How much is to go out"),
      person: z.int().describe("How much waits for a person"),
    }),
    handler: async ({ input: { view, search, after, limit }, context }) => {
      const last = readCursor(after, z.tuple([z.number()]))?.[0];
      const ask = { view, search: search === "" ? undefined : search, after: last, limit: limit + 1 };
      return context.run(async (tx) => {
        const page = pageOf(await listOutbox(tx, context.community, ask), limit, (line) => [line.position]);
        const counts = await countOutbox(tx, context.community);
        return { items: page.items.map(toldLine), next: page.next, ...counts };
      });
    },
  }),
  settle: procedure({
    method: "POST",
    path: "/communities/{community}/outbox/{line}/settle",
    operationId: "settleOutboxLine",
    permission: "connections.change",
    summary: "Say what is to become of something that nobody knows the outcome of, or that was given up",
    description:
      "`sent`: it did go out. `again`: try once more. `drop`: it is not to go out; what still waits can be dropped too.",
    tags,
    input: z.object({ line: z.uuid(), settlement: z.enum(settlements) }),
    output: z.object({ done: z.literal(true) }),
    handler: async ({ input: { line, settlement }, context }) => {
      context.note({ target: line, details: { settlement } });
      await context.run((tx) => settle(tx, context.community, { id: line, settlement, now: context.now() }));
      return { done: true } as const;
    },
  }),
};
