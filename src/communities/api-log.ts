import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { logger } from "#src/base/logger.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { Refusal, refuse } from "#src/base/refusal.ts";
import { asideApi } from "./api-aside.ts";
import { parkedFacts, readings, retryParked, settleParked } from "#src/log/parked.ts";

const place = z.object({ consumer: z.string().min(1).max(100), seq: z.int().min(1) });
const done = z.object({ done: z.literal(true) });

/** How the community's log is read, and the facts that wait for a person. */
export const logApi = {
  aside: asideApi,
  consumers: procedure({
    method: "GET",
    path: "/communities/{community}/log/consumers",
    operationId: "listLogConsumers",
    permission: "log.read",
    summary: "How far the log has been read",
    description: "`read` behind `head` means that figures are still being brought up to date.",
    tags: ["Log"],
    output: z.object({ items: z.array(z.object({ consumer: z.string(), read: z.int(), head: z.int() })) }),
    handler: async ({ context }) => {
      const names = context.consumers.map((consumer) => consumer.name);
      return { items: await context.run((tx) => readings(tx, context.community, names)) };
    },
  }),
  parked: procedure({
    method: "GET",
    path: "/communities/{community}/log/parked",
    operationId: "listParkedFacts",
    permission: "log.read",
    summary: "Facts that could not be digested and wait for a person",
    tags: ["Log"],
    input: z.object(pageFields),
    output: pageSchema(
      z.object({
        consumer: z.string(),
        seq: z.int(),
        kind: z.string(),
        error: z.string().describe("The failure's name and code"),
        attempts: z.int(),
        parkedAt: z.iso.datetime(),
      }),
    ),
    handler: async ({ input: { after, limit }, context }) => {
      const last = readCursor(after, z.tuple([z.string(), z.int()]));
      const page = last === undefined ? {} : { after: { consumer: last[0], seq: last[1] } };
      const rows = await context.run((tx) => parkedFacts(tx, context.community, { ...page, limit: limit + 1 }));
      const told = rows.map((row) => ({ ...row, parkedAt: new Date(row.parkedAt).toISOString() }));
      return pageOf(told, limit, (row) => [row.consumer, row.seq]);
    },
  }),
  retry: procedure({
    method: "POST",
    path: "/communities/{community}/log/parked/{consumer}/{seq}/retry",
    operationId: "retryParkedFact",
    permission: "log.change",
    summary: "Try a parked fact once more",
    tags: ["Log"],
    input: place,
    output: done,
    handler: async ({ input: { consumer: name, seq }, context }) => {
      const consumer = context.consumers.find((each) => each.name === name);
      if (consumer === undefined) return refuse("not-found", "log.not-parked", { seq });
      await retryParked(context.databases, consumer, { community: context.community, seq }).catch((error: unknown) => {
        if (error instanceof Refusal) throw error;
        logger.warn(
          { consumer: name, seq, failure: error instanceof Error ? error.name : "unknown" },
          "a parked fact failed again",
        );
        refuse("conflict", "log.still-fails", { seq });
      });
      return { done: true } as const;
    },
  }),
  settle: procedure({
    method: "POST",
    path: "/communities/{community}/log/parked/{consumer}/{seq}/settle",
    operationId: "settleParkedFact",
    permission: "log.change",
    summary: "Let a parked fact rest",
    tags: ["Log"],
    input: place,
    output: done,
    handler: async ({ input, context }) => {
      await context.run((tx) => settleParked(tx, context.community, input));
      return { done: true } as const;
    },
  }),
};
