import webPush from "web-push";
import { z } from "zod";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import { type JobTools, job, type SendableJob } from "#src/base/jobs.ts";
import { isPublicAddress } from "#src/base/outside/addresses.ts";
import { openOutside, type Outside, OutsideFailure } from "#src/base/outside/outside.ts";
import { noticeKinds, type NoticeKey } from "../notices/kinds.ts";
import { deviceOf, devicePlace, forgetDevice, noteSent, type Subscription, subscriptionSchema } from "./devices.ts";
import { factsOfHubs, listenerOf, type PushPlace, putBack, type Ring, standingNews } from "./due.ts";
import { pushKeys } from "./keys.ts";
import { messageFor, type PushMessage, pushTopic } from "./message.ts";
import { isQuiet } from "./quiet.ts";

const keySchema = z.object({ kind: z.enum(noticeKinds), topic: z.int(), number: z.int() });

/** What a device is to be told: notices by their keys, so that what is told is what stands when it is sent. */
export const deliverySchema = z.object({
  community: z.uuid(),
  deviceId: z.uuid(),
  keys: z.array(keySchema).min(1).max(100),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** A phone that was off for longer is told nothing of it; everything stands in the hub. In seconds. */
const KEPT_SECONDS = 12 * 3600;
const MOST_MS = 10_000;
/** Push services answer with a few words that nobody reads. */
const MOST_BYTES = 1_000;

/** What calls somebody by name or answers them wakes a sleeping phone; marks under a post wait until it is used. */
const urgencies: Partial<Record<Ring["kind"], "high" | "low">> = {
  mention: "high",
  quote: "high",
  team: "high",
  reaction: "low",
};

/** A message was not taken now, and may be later. */
class PushDelayed extends Error {
  constructor(reason: string) {
    super(`a push service did not take a message: ${reason}`);
    this.name = "PushDelayed";
  }
}

interface Going {
  readonly tools: JobTools;
  readonly outside: Outside;
  readonly subscription: Subscription;
}

async function askService(going: Going, message: PushMessage, kind: Ring["kind"] | undefined): Promise<number> {
  const { tools, outside, subscription } = going;
  const { secrets, databases, now, publicUrl, signal } = tools;
  const { endpoint, ...keys } = subscription;
  const { publicKey, privateKey } = await pushKeys({ db: databases.owner, secrets, now });
  // A service that has trouble with what comes from here is told whom to ask (RFC 8292, 2.1).
  const subject = publicUrl.startsWith("https:") ? publicUrl : "mailto:veche@localhost.localdomain";
  const { headers, body } = webPush.generateRequestDetails({ endpoint, keys }, JSON.stringify(message), {
    TTL: KEPT_SECONDS,
    urgency: (kind === undefined ? undefined : urgencies[kind]) ?? "normal",
    topic: pushTopic(secrets.derive("hub push topic"), message),
    vapidDetails: { subject, publicKey, privateKey },
  });
  const ask = { method: "POST", headers, body, mostMs: MOST_MS, mostBytes: MOST_BYTES, signal } as const;
  return (await outside.ask(endpoint, ask)).status;
}

/** What became of a message: a status of HTTP, or why there was none. */
async function outcomeOf(going: Going, message: PushMessage, kind: Ring["kind"] | undefined): Promise<number | string> {
  try {
    return await askService(going, message, kind);
  } catch (error) {
    if (error instanceof OutsideFailure) return error.reason;
    throw error;
  }
}

async function settle(
  tools: JobTools,
  { community, deviceId }: { community: CommunityId; deviceId: string },
  outcome: number | string,
): Promise<void> {
  const { owner } = tools.databases;
  // The browser has been told to stop, or is no more (RFC 8030, 7.3).
  if (outcome === 404 || outcome === 410) return forgetDevice(owner, community, deviceId);
  const isTaken = typeof outcome === "number" && outcome >= 200 && outcome < 300;
  await noteSent(owner, community, { id: deviceId, at: tools.now(), failure: isTaken ? null : String(outcome) });
  const isLater =
    typeof outcome === "number" ? outcome === 429 || outcome >= 500 : outcome === "slow" || outcome === "unreachable";
  if (isLater) throw new PushDelayed(String(outcome));
}

/** Tells one device what of these notices still stands and may be read; in quiet hours they are put back instead. */
export async function deliver(tools: JobTools, outside: Outside, { deviceId, ...told }: Delivery): Promise<void> {
  const { databases, secrets, now } = tools;
  const { owner } = databases;
  const community = provenCommunity(told.community);
  // Stored jobs know these fields by their schema.
  const keys: readonly NoticeKey[] = told.keys;
  const [facts] = await factsOfHubs(owner, community);
  const device = await deviceOf(owner, community, deviceId);
  if (facts === undefined || device === undefined) return;
  const place: PushPlace = { community, facts };
  const { accountId } = device;
  const listener = await listenerOf(owner, place, accountId);
  if (listener === undefined) return;
  if (isQuiet(now(), listener)) return putBack(owner, community, { accountId, keys });
  const rings = await standingNews(owner, community, { accountId, keys, now: now() });
  if (rings.length === 0) return;
  const opened = secrets.open(device.sealed, devicePlace(community, deviceId));
  const subscription = subscriptionSchema.parse(JSON.parse(opened));
  const message = messageFor(rings, place, listener.language);
  const kind = rings.length === 1 ? rings[0]?.kind : undefined;
  await settle(tools, { community, deviceId }, await outcomeOf({ tools, outside, subscription }, message, kind));
}

/** Push services are asked over TLS on the usual port, wherever on the public internet they are. */
const services = openOutside({ protocols: ["https:"], ports: [443], permits: isPublicAddress });

/** Hands one message to the push service of one device; tried again for about a quarter of an hour. */
export const sendPush: SendableJob<Delivery> = job({
  name: "hub.send-push",
  data: deliverySchema,
  retries: 9,
  minutes: 2,
  abreast: 4,
  work: (data, tools) => deliver(tools, services, data),
});
