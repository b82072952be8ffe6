import { z } from "zod";
import { provenCommunity } from "#src/base/community-id.ts";
import { job } from "#src/base/jobs.ts";
import { communitiesWithUnused, dropUnused } from "../store/files.ts";

/** Long enough to write a post in the evening and send it in the morning. */
const UNUSED_MS = 24 * 3_600_000;
/** Files deleted in one transaction: with the largest ones 400 MB of dead rows. */
const AT_ONCE = 20;

/** Throws files away that no post, profile or hub has shown for a day: those of posts that were never sent, and those taken out. */
export const tidyFilesJob = job({
  name: "hub.tidy-files",
  data: z.object({}),
  retries: 3,
  minutes: 30,
  every: "41 * * * *",
  work: async (_, { databases, now, signal }) => {
    const before = now() - UNUSED_MS;
    for (const id of await communitiesWithUnused(databases.owner, before)) {
      const community = provenCommunity(id);
      let some = AT_ONCE;
      while (some === AT_ONCE && !signal.aborted)
        some = await databases.asOwner((tx) => dropUnused(tx, community, { before, limit: AT_ONCE }));
    }
  },
});
