import { setImmediate } from "node:timers/promises";
import type { CommunityId } from "#src/base/community-id.ts";
import type { JobTools } from "#src/base/jobs.ts";
import { thriftily } from "#src/base/thrift.ts";
import { announceChange } from "#src/log/changes.ts";
import { daysFrom, readAccounts, readTellings } from "./matching/gather.ts";
import { suggest, type Suggestion } from "./matching/suggest.ts";
import type { Search } from "./model.ts";
import { endSearch, noteSearch, takeSearch } from "./search-store.ts";
import { replaceSuggestions } from "./suggestion-store.ts";

/** The topic under which pages hear of a search. */
export const SEARCH_TOPIC = "suggestions";

/** How long the process works before it looks after its other duties, and how often a search tells how far it is. */
const BREATH_MS = 15;
const NOTE_MS = 500;

/** Somebody stopped the search, or the process stops. */
class Stopped extends Error {}

/** What a search needs of the process it runs in. */
export type SearchTools = Pick<JobTools, "databases" | "signal" | "now">;

interface Searching {
  readonly tools: SearchTools;
  readonly community: CommunityId;
}

function pacer({ tools, community }: Searching, accounts: number) {
  let [breathed, noted] = [performance.now(), performance.now()];
  const note = async (stage: Search["stage"], share: number): Promise<void> => {
    noted = performance.now();
    const goesOn = await noteSearch(tools.databases.owner, community, { stage, share, accounts });
    await tools.databases.asOwner((tx) => announceChange(tx, community, SEARCH_TOPIC));
    if (!goesOn || tools.signal.aborted) throw new Stopped();
  };
  const pause = async (share: number): Promise<void> => {
    if (performance.now() - breathed < BREATH_MS) return;
    if (performance.now() - noted > NOTE_MS) await note("comparing", share);
    await setImmediate();
    breathed = performance.now();
  };
  return { note, pause };
}

async function search(searching: Searching): Promise<number> {
  const { tools, community } = searching;
  const { owner } = tools.databases;
  await pacer(searching, 0).note("reading", 0);
  const accounts = await readAccounts(owner, community);
  const { note, pause } = pacer(searching, accounts.length);
  await note("reading", 0);
  const isAcross = new Set(accounts.map(({ platform }) => platform)).size > 1;
  const tellings = isAcross ? await readTellings(owner, community, accounts) : [];
  await note("comparing", 0);
  const daysOf = daysFrom(owner, community);
  const compare = (): Promise<Suggestion[]> => suggest({ accounts, tellings, daysOf, pause });
  const found = isAcross ? await thriftily(compare) : [];
  await note("writing", 1);
  return tools.databases.asOwner(async (tx) => {
    const written = await replaceSuggestions(tx, community, { found, now: tools.now() });
    await endSearch(tx, community, { status: "done", found: written, now: tools.now() });
    await announceChange(tx, community, SEARCH_TOPIC);
    return written;
  });
}

/**
 * Runs the search that waits in a community, if one does. A search that is stopped leaves what was suggested before;
 * one that the end of the process broke off waits for the next.
 */
export async function runSearch(tools: SearchTools, community: CommunityId): Promise<void> {
  const { owner } = tools.databases;
  if (!(await takeSearch(owner, community, tools.now()))) return;
  try {
    await search({ tools, community });
  } catch (error) {
    const stopped = error instanceof Stopped;
    const status = tools.signal.aborted ? "waiting" : stopped ? "cancelled" : "failed";
    await endSearch(owner, community, { status, found: 0, now: tools.now() });
    await tools.databases.asOwner((tx) => announceChange(tx, community, SEARCH_TOPIC));
    if (!stopped) throw error;
  }
}
