import { sql } from "kysely";
import { z } from "zod";
import { provenCommunity } from "#src/base/community-id.ts";
import { job } from "#src/base/jobs.ts";
import { purgeDeleted } from "./store/staff-records.ts";

/** As long as a deleted community can be brought back. */
const KEPT_MS = 30 * 86_400_000;

/** Removes notes and segments that were deleted thirty days ago. */
export const purgeMembers = job({
  name: "members.purge-deleted",
  data: z.object({}),
  retries: 5,
  minutes: 10,
  every: "41 3 * * *",
  work: async (_, { databases, now }) => {
    const found = await sql<{ id: string }>`select id from communities`.execute(databases.owner);
    for (const { id } of found.rows)
      await databases.asOwner((tx) => purgeDeleted(tx, provenCommunity(id), now() - KEPT_MS));
  },
});
