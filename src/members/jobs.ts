import { sql } from "kysely";
import { z } from "zod";
import { provenCommunity } from "#src/base/community-id.ts";
import { job } from "#src/base/jobs.ts";
import { runSearch } from "./merging/search.ts";
import { askForSearch, communitiesToSearch } from "./merging/search-store.ts";
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

/** Two hundred thousand accounts take a minute. */
const SEARCH_MINUTES = 30;

/** Looks for members who may be one person. Sent with the community's id as its key. */
export const suggestJob = job({
  name: "members.suggest",
  data: z.object({ community: z.uuid() }),
  retries: 1,
  minutes: SEARCH_MINUTES,
  work: ({ community }, tools) => runSearch(tools, provenCommunity(community)),
});

/** Searches by itself after an import brought people of another platform, and takes up what a killed process left. */
export const tendSuggestionsJob = job({
  name: "members.suggest-tend",
  data: z.object({}),
  retries: 0,
  minutes: SEARCH_MINUTES,
  every: "* * * * *",
  work: async (_, tools) => {
    for (const { id, isAsked } of await communitiesToSearch(tools.databases.owner)) {
      if (tools.signal.aborted) return;
      const community = provenCommunity(id);
      if (!isAsked) await askForSearch(tools.databases.owner, community, tools.now());
      await runSearch(tools, community);
    }
  },
});
