import { z } from "zod";
import { installProcedure } from "#src/accounts/procedure.ts";
import { currentHold, decide, heldCounts, heldWork } from "#src/base/backup/hold.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { failedApi } from "./api-failed.ts";
import { communitiesById } from "./store.ts";

const holdSchema = z.object({
  takenAt: z.iso.datetime().describe("When the backup was taken"),
  heldSince: z.iso.datetime(),
  all: z.int().describe("Pieces of work that waited in the backup"),
  undecided: z.int(),
});

const workSchema = z.object({
  id: z.uuid(),
  job: z.string().describe("The name of the job"),
  community: z.object({ slug: z.string(), name: z.string() }).nullable(),
  dueAt: z.iso.datetime(),
  decision: z.enum(["go", "drop"]).nullable(),
});

/** As many as a page shows at most; all of them are meant when none is named. */
const AT_ONCE = 200;

/** What waits after a restore or was given up, and what is to become of it. */
export const holdApi = {
  failed: failedApi,
  get: installProcedure({
    method: "GET",
    path: "/hold",
    operationId: "getHold",
    permission: "signed-in",
    summary: "Whether this install is held after a restore, and how much of its work has failed",
    description: "While it is held nothing is sent, awarded or erased.",
    tags: ["Installation"],
    output: z.object({
      hold: holdSchema.nullable(),
      failed: z.int().describe("Work that was given up after its last retry; 0 for those who do not own the install"),
    }),
    handler: async ({ context }) => {
      const hold = await currentHold(context.databases.owner);
      const failed = context.person.isInstallOwner ? await context.jobs.countFailed() : 0;
      if (hold === undefined) return { hold: null, failed };
      const iso = (at: number): string => new Date(at).toISOString();
      const counts = await heldCounts(context.databases.owner);
      return { hold: { takenAt: iso(hold.takenAt), heldSince: iso(hold.heldSince), ...counts }, failed };
    },
  }),
  work: installProcedure({
    method: "GET",
    path: "/hold/work",
    operationId: "listHeldWork",
    permission: "install.owner",
    summary: "Work that waited when the backup was taken, what is due first at the top",
    tags: ["Installation"],
    input: z.object(pageFields),
    output: pageSchema(workSchema),
    handler: async ({ input: { after, limit }, context }) => {
      const db = context.databases.owner;
      const ask = { after: readCursor(after, z.tuple([z.number(), z.uuid()])), limit: limit + 1 };
      const { items, next } = pageOf(await heldWork(db, ask), limit, ({ dueAt, id }) => [dueAt, id]);
      const communities = await communitiesById(
        db,
        items.map(({ content }) => content["community"]),
      );
      const shown = items.map(({ id, job, content, dueAt, decision }) => ({
        id,
        job,
        community: communities.get(content["community"]) ?? null,
        dueAt: new Date(dueAt).toISOString(),
        decision,
      }));
      return { items: shown, next };
    },
  }),
  decide: installProcedure({
    method: "POST",
    path: "/hold/decisions",
    operationId: "decideHeldWork",
    permission: "install.owner",
    summary: "Decide what is to become of work that waits; until the hold ends it can be decided anew",
    description: "Without `ids` all of it is meant. `null` takes a decision back.",
    tags: ["Installation"],
    input: z.object({
      ids: z.array(z.uuid()).min(1).max(AT_ONCE).optional(),
      decision: z.enum(["go", "drop"]).nullable(),
    }),
    output: z.object({ decided: z.int() }),
    handler: async ({ input: { ids, decision }, context }) => {
      const db = context.databases.owner;
      if ((await currentHold(db)) === undefined) return refuse("conflict", "backup.not-held");
      return { decided: await decide(db, { ids, decision, by: context.person.id, now: context.now() }) };
    },
  }),
  end: installProcedure({
    method: "POST",
    path: "/hold/end",
    operationId: "endHold",
    permission: "install.owner",
    summary: "End the hold: what may go is done, the rest is dropped, and work by the clock begins again",
    tags: ["Installation"],
    output: z.object({ sent: z.int() }),
    handler: async ({ context }) => ({ sent: await context.jobs.endHold() }),
  }),
};
