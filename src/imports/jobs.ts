import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { job } from "#src/base/jobs.ts";
import { runImports } from "./actions.ts";
import type { Import } from "./model.ts";
import { type View, viewOf } from "./queries.ts";
import { communitiesWithWork, filesInNeed, moveStatus, nextImport } from "./store.ts";
import { tidyUploads } from "./uploads/uploads.ts";

/** The largest file at the slowest pace ever seen takes an hour. */
const MINUTES = 12 * 60;

/** Runs the imports that wait in a community. Sent with the community's id as its key. */
export const runJob = job({
  name: "imports.run",
  data: z.object({ community: z.uuid() }),
  retries: 5,
  minutes: MINUTES,
  abreast: 2,
  work: ({ community }, tools) => runImports({ ...tools, community: provenCommunity(community) }),
  dropped: ({ community }, tx) => dropUnfinished(tx, provenCommunity(community)),
});

/** Cancels what a restored install would otherwise take up; a person can let each of them go on. */
async function dropUnfinished(tx: Tx, community: CommunityId): Promise<void> {
  const from = ["waiting", "running", "cancelling", "withdrawing"] as const;
  for (let next = await nextImport(tx, community); next !== undefined; next = await nextImport(tx, community))
    await moveStatus(tx, community, { id: next.id, from, to: "cancelled", now: Date.now() });
}

/** Takes up what a killed process left behind, and what nobody was told of. */
export const tendJob = job({
  name: "imports.tend",
  data: z.object({}),
  retries: 0,
  minutes: MINUTES,
  every: "* * * * *",
  work: async (_, tools) => {
    for (const community of await communitiesWithWork(tools.databases.owner)) {
      if (!tools.signal.aborted) await runImports({ ...tools, community: provenCommunity(community) });
    }
    await tidyUploads(tools.now(), new Set(await filesInNeed(tools.databases.owner, tools.now())));
  },
});

/** A decision about one import that leaves it waiting. `now` is in milliseconds since 1970 UTC. */
type Decision = (view: View, change: { id: string; now: number }) => Promise<Import>;

/** Takes a decision and wakes whoever runs the imports of the community, which is told after the decision is stored. */
export async function changeAndRun(call: CommunityCall, decide: Decision, id: string): Promise<Import> {
  const { community, jobs, now } = call;
  const decided = await call.run((tx) => decide(viewOf(call, tx), { id, now: now() }));
  await jobs.send(runJob, { community }, { key: community });
  return decided;
}

export const importsJobs = [runJob, tendJob];
