import { sql } from "kysely";
import type { Databases, Tx } from "#src/base/database.ts";
import { type Chain, type ChainHead, chainBeginning, entryHash, type TrailEntry } from "./model.ts";
import {
  type Link,
  readActors,
  readEntries,
  readHash,
  readHead,
  readLinks,
  readOperations,
  type TrailFilter,
} from "./store.ts";

/** Where a chain does not hold, and how: at the entry with this number, or behind the last one. */
export interface ChainFault {
  readonly kind: "changed" | "missing" | "end-missing" | "anchor-differs";
  readonly seq: number;
}

/** What is found of a chain. */
export interface ChainState {
  readonly chain: Chain;
  readonly head: ChainHead;
  readonly fault: ChainFault | undefined;
}

/** Entries read at once; some 5 MB of memory. */
const PAGE = 5000;

function faultOf(chain: Chain, before: ChainHead, link: Link): ChainFault | undefined {
  if (link.seq !== before.seq + 1) return { kind: "missing", seq: before.seq + 1 };
  const holds = link.previous.equals(before.hash) && link.hash.equals(entryHash(chain, before.hash, link));
  return holds ? undefined : { kind: "changed", seq: link.seq };
}

async function walk(tx: Tx, chain: Chain): Promise<ChainState> {
  let head = chainBeginning(chain);
  for (;;) {
    const links = await readLinks(tx, chain, { after: head.seq, limit: PAGE });
    for (const link of links) {
      const fault = faultOf(chain, head, link);
      if (fault !== undefined) return { chain, head, fault };
      head = { seq: link.seq, hash: link.hash };
    }
    if (links.length < PAGE) return { chain, head, fault: undefined };
  }
}

/** Recomputes a whole chain and compares it with where it says it ends. Reads a single moment, beside whoever writes. */
export async function verifyChain(databases: Databases, chain: Chain): Promise<ChainState> {
  return databases.asOwner(async (tx) => {
    await sql`set transaction isolation level repeatable read read only`.execute(tx);
    const stray = await readLinks(tx, chain, { after: Number.MIN_SAFE_INTEGER, limit: 1 });
    if ((stray[0]?.seq ?? 1) < 1) return { chain, head: chainBeginning(chain), fault: { kind: "changed", seq: 0 } };
    const state = await walk(tx, chain);
    const told = (await readHead(tx, chain)) ?? chainBeginning(chain);
    if (state.fault !== undefined || (told.seq === state.head.seq && told.hash.equals(state.head.hash))) return state;
    return { ...state, fault: { kind: "end-missing", seq: state.head.seq + 1 } };
  });
}

/** What an anchor remembers of a chain: an entry and its hash in hexadecimal. */
export interface AnchoredHead {
  readonly seq: number;
  readonly hash: string;
}

/** Compares a chain with what was written down of it elsewhere; undefined when that entry is still there as it was. */
export async function compareWithAnchor(
  databases: Databases,
  chain: Chain,
  anchor: AnchoredHead,
): Promise<ChainFault | undefined> {
  const begun = chainBeginning(chain);
  const found = anchor.seq === 0 ? begun.hash : await databases.asOwner((tx) => readHash(tx, chain, anchor.seq));
  if (found?.toString("hex") === anchor.hash) return undefined;
  return { kind: found === undefined ? "end-missing" : "anchor-differs", seq: anchor.seq };
}

/** A page of a chain's entries, newest first; one more than `limit` is read when there is a next page. */
export async function listTrail(
  tx: Tx,
  chain: Chain,
  ask: { filter: TrailFilter; before: number | undefined; limit: number },
): Promise<TrailEntry[]> {
  return readEntries(tx, chain, ask);
}

/** What a list may be narrowed by: every operation and everybody that a chain knows. */
export async function trailChoices(tx: Tx, chain: Chain) {
  return { operations: await readOperations(tx, chain), actors: await readActors(tx, chain) };
}

/** The entry that erased a community, when there is one: its chain went with it. */
export async function erasureOf(tx: Tx, communityId: string): Promise<TrailEntry | undefined> {
  const filter = { operation: "eraseCommunity", target: communityId };
  return (await readEntries(tx, "install", { filter, before: undefined, limit: 1 }))[0];
}
