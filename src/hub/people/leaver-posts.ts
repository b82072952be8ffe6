import { z } from "zod";
import { provenCommunity } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { job, type JobTools } from "#src/base/jobs.ts";
import { isToBeHidden, leaverOf } from "../store/leavings.ts";
import { hideWritten } from "../talk/hide-written.ts";
import { showWritten } from "../talk/show-written.ts";

/** Whose job it is, as jobs are told. */
export const leaverSchema = z.object({ community: z.uuid(), accountId: z.uuid() });

/** Does what stands at this moment; whoever changes their mind meanwhile has sent another one, which does the rest. */
async function tend(tools: JobTools, told: z.infer<typeof leaverSchema>): Promise<void> {
  const { databases, secrets, now, signal } = tools;
  const key = { community: provenCommunity(told.community), accountId: told.accountId };
  const author = await leaverOf(databases.owner, key);
  const isHidden = await databases.asOwner((tx) => isToBeHidden(tx, key));
  if (author === undefined || isHidden === undefined) return;
  const { slug, communityName } = author;
  const place = { databases, secrets, now, community: key.community, facts: { name: communityName } };
  const isWanted = async (tx: Tx): Promise<boolean> => (await isToBeHidden(tx, key)) === isHidden;
  await (isHidden
    ? hideWritten({ ...place, author, signal, isWanted })
    : showWritten({ ...place, author, signal, isWanted, slug }));
}

/** Hides what somebody wrote who leaves and wants it deleted, and brings it back when they stay after all. */
export const tendLeaverPosts = job({
  name: "hub.tend-leaver-posts",
  data: leaverSchema,
  retries: 5,
  minutes: 55,
  work: (data, tools) => tend(tools, data),
});
