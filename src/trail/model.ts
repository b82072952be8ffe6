import { hash } from "node:crypto";
import type { CommunityId } from "#src/base/community-id.ts";

/** Who did it. `machine` is whoever sits at the command line of the installation, or Veche itself by the clock. */
export interface TrailActor {
  readonly kind: "person" | "key" | "machine" | "nobody";
  readonly id?: string | undefined;
  /** The role they had then. */
  readonly role?: string | undefined;
}

/** Small facts about a deed: counts, ids, names of settings. Never what a member wrote, a name or an address of mail. */
export type TrailDetails = Readonly<Record<string, string | number | boolean | null>>;

/** One deed about to be written down. */
export interface NewEntry {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly actor: TrailActor;
  /** The `operationId` of the procedure, or a name of its own for what is done by command line and clock. */
  readonly operation: string;
  /** The id of what it was done to. */
  readonly target?: string | undefined;
  readonly details?: TrailDetails | undefined;
  readonly requestId?: string | undefined;
  /** The IP address it came from. */
  readonly address?: string | undefined;
}

/** An entry as its chain holds it; what is absent is null. */
export interface TrailEntry {
  readonly seq: number;
  /** Microseconds since 1970 UTC, as exact as the database keeps it, so that no edit is too small to show. */
  readonly atMicros: number;
  readonly actorKind: TrailActor["kind"];
  readonly actorId: string | null;
  readonly actorRole: string | null;
  readonly operation: string;
  readonly target: string | null;
  readonly details: TrailDetails;
  readonly requestId: string | null;
  readonly address: string | null;
}

/** Which chain: a community's, or the installation's own. */
export type Chain = CommunityId | "install";

/** The last entry of a chain, or its beginning with number 0. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: Buffer;
}

/** What the first entry of a chain follows. */
export function chainBeginning(chain: Chain): ChainHead {
  return { seq: 0, hash: hash("sha256", `veche trail ${chain}`, "buffer") };
}

function inOrder(details: TrailDetails): [string, unknown][] {
  return Object.entries(details).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** The hash of an entry behind another: SHA-256 over the chain's name, the former hash and every field. */
export function entryHash(chain: Chain, previous: Buffer, entry: TrailEntry): Buffer {
  const { seq, atMicros, actorKind, actorId, actorRole, operation, target, details, requestId, address } = entry;
  const about = [actorKind, actorId, actorRole, operation, target, inOrder(details), requestId, address];
  return hash("sha256", JSON.stringify([chain, previous.toString("hex"), seq, atMicros, ...about]), "buffer");
}
