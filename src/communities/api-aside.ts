import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { dropAside, retryAside, setAsides } from "#src/platforms/live/aside.ts";

const tags: readonly [string] = ["Log"];
const done = z.object({ done: z.literal(true) });
const which = z.object({ delivery: z.uuid() });

const asideSchema = z.object({
  id: z.uuid(),
  platform: z.string(),
  connection: z.string().describe("What the connection is called"),
  error: z.string().describe("The failure's name and code"),
  attempts: z.int(),
  size: z.int().describe("In bytes"),
  isCut: z.boolean().describe("Only its beginning was kept: it can be dropped, not tried again"),
  receivedAt: z.iso.datetime(),
});

/** What platforms delivered and could not be taken in. */
export const asideApi = {
  list: procedure({
    method: "GET",
    path: "/communities/{community}/log/set-aside",
    operationId: "listDeliveriesSetAside",
    permission: "log.read",
    summary: "What platforms delivered, could not be taken in and waits for a person, the oldest first",
    tags,
    input: z.object(pageFields),
    output: pageSchema(asideSchema),
    handler: async ({ input: { after, limit }, context }) => {
      const last = readCursor(after, z.tuple([z.uuid()]))?.[0];
      const rows = await context.run((tx) => setAsides(tx, context.community, { after: last, limit: limit + 1 }));
      const told = rows.map((row) => ({ ...row, receivedAt: new Date(row.receivedAt).toISOString() }));
      return pageOf(told, limit, ({ id }) => [id]);
    },
  }),
  retry: procedure({
    method: "POST",
    path: "/communities/{community}/log/set-aside/{delivery}/retry",
    operationId: "retryDelivery",
    permission: "log.change",
    summary: "Try to take a delivery in once more",
    tags,
    input: which,
    output: done,
    handler: async ({ input: { delivery }, context }) => {
      await retryAside(context, context.community, delivery);
      return { done: true } as const;
    },
  }),
  drop: procedure({
    method: "POST",
    path: "/communities/{community}/log/set-aside/{delivery}/drop",
    operationId: "dropDelivery",
    permission: "log.change",
    summary: "Let a delivery rest; what stood in it is forgotten",
    tags,
    input: which,
    output: done,
    handler: async ({ input: { delivery }, context }) => {
      await context.run((tx) => dropAside(tx, context.community, { id: delivery, now: context.now() }));
      return { done: true } as const;
    },
  }),
};
