import { z } from "zod";
import { installProcedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { communitiesById } from "./store.ts";

const failedSchema = z.object({
  id: z.uuid(),
  job: z.string().describe("The name of the job"),
  community: z.object({ slug: z.string(), name: z.string() }).nullable(),
  failure: z.string().nullable().describe("The kind of the last failure, as a name"),
  tries: z.int().describe("How often it was tried"),
  madeAt: z.iso.datetime(),
  failedAt: z.iso.datetime().describe("When the last try failed"),
});

/** As many as a page shows at most. */
const AT_ONCE = 200;

/** Work in the background that was given up after its last retry. */
export const failedApi = {
  list: installProcedure({
    method: "GET",
    path: "/work/failed",
    operationId: "listFailedWork",
    permission: "install.owner",
    summary: "Work in the background that failed every time it was tried, the latest first",
    description: "Kept for seven days. Of work by the clock the last failure stands here, until a later run goes well.",
    tags: ["Installation"],
    input: z.object(pageFields),
    output: pageSchema(failedSchema),
    handler: async ({ input: { after, limit }, context }) => {
      const last = readCursor(after, z.tuple([z.number(), z.uuid()]));
      const found = await context.jobs.failed({ after: last, limit: limit + 1 });
      const { items, next } = pageOf(found, limit, ({ failedAt, id }) => [failedAt, id]);
      const communities = await communitiesById(
        context.databases.owner,
        items.map(({ content }) => content["community"]),
      );
      const shown = items.map(({ content, madeAt, failedAt, ...told }) => ({
        ...told,
        community: communities.get(content["community"]) ?? null,
        madeAt: new Date(madeAt).toISOString(),
        failedAt: new Date(failedAt).toISOString(),
      }));
      return { items: shown, next };
    },
  }),
  settle: installProcedure({
    method: "POST",
    path: "/work/failed/settlements",
    operationId: "settleFailedWork",
    permission: "install.owner",
    summary: "Try failed work once more, or drop it for good",
    description: "What is no longer there is passed over; where the same work waits already, that one stays.",
    tags: ["Installation"],
    input: z.object({ ids: z.array(z.uuid()).min(1).max(AT_ONCE), become: z.enum(["again", "drop"]) }),
    output: z.object({ settled: z.int() }),
    handler: async ({ input: { ids, become }, context }) => ({
      settled: await context.jobs.settleFailed(ids, become),
    }),
  }),
};
