import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { Refusal, refuse } from "#src/base/refusal.ts";
import type { Secrets } from "#src/base/secrets.ts";
import { isPassingFailure, nameOfFailure } from "#src/log/failure.ts";
import type { Adapter } from "../adapter.ts";
import { asideById, countAttempt, emptyOldAsides, openAsides, settleAside } from "../store/aside.ts";
import { readDelivery } from "./bring.ts";
import { openLiveIntake } from "./intake.ts";

/** A delivery that could not be taken in. */
export interface SetAside {
  readonly id: string;
  readonly platform: string;
  /** What the connection is called. */
  readonly connection: string;
  /** The failure's name and code; never what a member wrote. */
  readonly error: string;
  readonly attempts: number;
  /** Of the whole delivery, in bytes. */
  readonly size: number;
  /** Only its beginning was kept: it can be dropped, not tried again. */
  readonly isCut: boolean;
  /** Milliseconds since 1970 UTC. */
  readonly receivedAt: number;
}

/** Deliveries that wait for a person, the oldest first. */
export async function setAsides(
  tx: Tx,
  community: CommunityId,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<SetAside[]> {
  return openAsides(tx, community, page);
}

/** What trying again needs. */
export interface RetryTools {
  readonly databases: Databases;
  readonly secrets: Secrets;
  readonly adapters: readonly Adapter[];
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/** Tries to take a delivery in once more. Refuses when it does not wait any more, was cut off, or fails again. */
export async function retryAside(tools: RetryTools, community: CommunityId, id: string): Promise<void> {
  const { databases, adapters, now } = tools;
  const aside = await databases.asOwner((tx) => asideById(tx, community, id));
  if (aside === undefined) return refuse("not-found", "platforms.not-aside");
  if (aside.isCut) return refuse("conflict", "platforms.delivery-cut");
  const { connectionId, platform, raw } = aside;
  const reading = adapters.find((each) => each.platform.name === platform)?.reading;
  if (reading?.kind !== "translated") return refuse("conflict", "platforms.delivery-fails");
  const options = { ...tools, community, connectionId, platform, translate: reading.translate };
  try {
    const updates = readDelivery(options, raw.toString("utf8"));
    await openLiveIntake(options).take(updates, {
      after: async (tx) => {
        if (!(await settleAside(tx, community, { id, now: now() }))) refuse("not-found", "platforms.not-aside");
      },
    });
  } catch (error) {
    if (error instanceof Refusal || isPassingFailure(error)) throw error;
    await databases.asOwner((tx) => countAttempt(tx, community, { id, error: nameOfFailure(error) }));
    refuse("conflict", "platforms.delivery-fails");
  }
}

/** Forgets deliveries that were set aside before an instant, in milliseconds since 1970 UTC; returns how many. */
export async function forgetOldAsides(tx: Tx, community: CommunityId, before: number): Promise<number> {
  return emptyOldAsides(tx, community, before);
}

/** Lets a delivery rest: what stood in it is forgotten. Refuses when it does not wait any more. */
export async function dropAside(
  tx: Tx,
  community: CommunityId,
  which: { readonly id: string; readonly now: number },
): Promise<void> {
  if (!(await settleAside(tx, community, which))) refuse("not-found", "platforms.not-aside");
}
