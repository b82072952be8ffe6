import { z } from "zod";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import { type JobTools, job } from "#src/base/jobs.ts";
import { logger } from "#src/base/logger.ts";
import { wake } from "#src/base/wake.ts";
import type { Waking } from "#src/log/consumer.ts";
import { sendPush } from "./deliver.ts";
import { devicesOf } from "./devices.ts";
import {
  factsOfHubs,
  type Listener,
  listeners,
  overdueNews,
  type PushPlace,
  type Ring,
  skipNews,
  takeNews,
} from "./due.ts";
import { isQuiet } from "./quiet.ts";

/** More than so many at once are told as one: nobody wants a phone that rings ten times. */
const MOST_APART = 3;

/** What is told together: everything when some of it waited for the end of quiet hours, or when it is too much. */
function together(rings: readonly Ring[], listener: Listener): readonly (readonly Ring[])[] {
  const wasHeld = rings.some(({ at }) => isQuiet(at.getTime(), listener));
  return wasHeld || rings.length > MOST_APART ? [rings] : rings.map((ring) => [ring]);
}

async function tellOne(tools: JobTools, { community }: PushPlace, listener: Listener): Promise<void> {
  const { databases, jobs, now } = tools;
  const { accountId } = listener;
  if (isQuiet(now(), listener)) return;
  await databases.asOwner(async (tx) => {
    const rings = await takeNews(tx, community, { accountId, now: now() });
    if (rings.length === 0) return;
    const devices = await devicesOf(tx, community, accountId);
    for (const group of together(rings, listener)) {
      const keys = group.map(({ kind, topic, number }) => ({ kind, topic, number }));
      for (const { id } of devices) await jobs.send(sendPush, { community, deviceId: id, keys }, { tx });
    }
  });
}

/** Has everybody with a device, of one community or of all, told what is new for them and may ring now. */
export async function tellNews(tools: JobTools, only?: string): Promise<void> {
  const { databases, signal, now } = tools;
  for (const facts of await factsOfHubs(databases.owner, only)) {
    const place: PushPlace = { community: provenCommunity(facts.id), facts };
    for (const listener of await listeners(databases.owner, place, now())) {
      if (signal.aborted) return;
      await tellOne(tools, place, listener).catch((error: unknown) => {
        // One listener's trouble holds nobody else up; they are told with the next round.
        logger.error({ account: listener.accountId, err: error }, "news could not be told on devices");
      });
    }
  }
}

/** What is new reaches devices at once, because its writer wakes this; what quiet hours held by the clock. */
const tellDueNews = job({
  name: "hub.tell-devices",
  data: z.object({ community: z.uuid().optional() }),
  retries: 0,
  minutes: 10,
  every: "* * * * *",
  overdue: { list: overdueNews, skip: skipNews },
  work: ({ community }, tools) => tellNews(tools, community),
});

/** Has what is new in a community told on devices now, when anybody has one. */
export async function wakeDevices(tools: Waking, community: CommunityId): Promise<void> {
  if ((await factsOfHubs(tools.databases.owner, community)).length === 0) return;
  await wake(tools, tellDueNews, { key: community, data: { community } });
}

/** What happens by the clock about members' devices. */
export const pushJobs = [tellDueNews, sendPush];
