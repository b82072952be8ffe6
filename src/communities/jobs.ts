import { z } from "zod";
import { job } from "#src/base/jobs.ts";
import { eraseDeleted, erasuresOverdue } from "./actions.ts";
import { postponeErasure } from "./store/deletion.ts";

/** Erases communities that were deleted long enough ago. Stopped, it goes on the next time. */
export const eraseDeletedJob = job({
  name: "communities.erase-deleted",
  data: z.object({}),
  retries: 3,
  minutes: 12 * 60,
  every: "41 2 * * *",
  overdue: { list: erasuresOverdue, skip: postponeErasure },
  work: async (_, tools) => {
    await eraseDeleted(tools);
  },
});
