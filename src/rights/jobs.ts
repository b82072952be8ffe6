import { z } from "zod";
import { provenCommunity } from "#src/base/community-id.ts";
import { job } from "#src/base/jobs.ts";
import { carryOn } from "./erasing/run.ts";
import { applyRules } from "./retain.ts";
import { unfinishedErasures } from "./store/erasures.ts";
import { communitiesWithRules } from "./store/retention.ts";

/** Ten million messages are looked through in some minutes; the figures are counted anew meanwhile. */
const MINUTES = 120;

/** Carries one erasure out. Sent with the erasure's id as its key. */
export const erasePersonJob = job({
  name: "rights.erase-person",
  data: z.object({ community: z.uuid(), id: z.uuid() }),
  retries: 5,
  minutes: MINUTES,
  work: async ({ community, id }, tools) => {
    await carryOn({ ...tools, community: provenCommunity(community), id });
  },
});

/** Takes up erasures that a killed process left behind, or whose figures took long. */
export const tendErasures = job({
  name: "rights.tend-erasures",
  data: z.object({}),
  retries: 0,
  minutes: MINUTES,
  every: "*/5 * * * *",
  work: async (_, tools) => {
    for (const { community, id } of await unfinishedErasures(tools.databases.owner)) {
      if (!tools.signal.aborted) await carryOn({ ...tools, community: provenCommunity(community), id });
    }
  },
});

/** Removes what communities keep longer than they want to, once a day. */
export const retainJob = job({
  name: "rights.retain",
  data: z.object({}),
  retries: 3,
  minutes: MINUTES,
  every: "13 4 * * *",
  work: async (_, tools) => {
    for (const community of await communitiesWithRules(tools.databases.owner))
      if (!tools.signal.aborted) await applyRules(tools, provenCommunity(community));
  },
});
