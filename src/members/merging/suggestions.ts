import { sql } from "kysely";
import * as z from "zod";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { pageOf, readCursor, type Page } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { cardFieldsOf } from "../queries.ts";
import { readAccounts, readCard, readSpaces } from "../store/profile.ts";
import { mergeMembers, type MergeOutcome } from "./actions.ts";
import type { Decider } from "./merge-store.ts";
import { certaintyOf, type Candidate, type MergeSuggestion, type searchSchema } from "./model.ts";
import { readSearch } from "./search-store.ts";
import {
  countWaiting,
  decideSuggestion,
  findSuggestion,
  readSuggestions,
  type SuggestionRow,
} from "./suggestion-store.ts";

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

async function candidatesOf(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<Map<string, Candidate>> {
  const accounts = await readAccounts(tx, community, { memberIds: ids, most: 5 });
  const candidates = new Map<string, Candidate>();
  for (const id of ids) {
    const card = await readCard(tx, community, id);
    if (card === undefined) continue;
    const { spaces } = await readSpaces(tx, community, { memberId: id, most: 3 });
    const names = spaces.map((space) => space.name);
    candidates.set(id, { ...cardFieldsOf(card, undefined), accounts: accounts.get(id) ?? [], spaces: names });
  }
  return candidates;
}

function shown(row: SuggestionRow, candidates: ReadonlyMap<string, Candidate>): MergeSuggestion[] {
  const [one, other] = [candidates.get(row.memberId), candidates.get(row.otherId)];
  // Somebody whose card is not made yet comes a moment later.
  if (one === undefined || other === undefined) return [];
  return [
    {
      id: row.id,
      score: row.score,
      certainty: certaintyOf(row.score),
      reasons: [...row.reasons],
      people: one.messages >= other.messages ? [one, other] : [other, one],
      dismissedAt: iso(row.dismissedAt),
      dismissedBy: row.dismissedByName,
    },
  ];
}

/** Which suggestions are wanted. */
export interface SuggestionsPage {
  readonly dismissed: boolean;
  readonly after: string | undefined;
  readonly limit: number;
}

/** A page of suggestions, the surest first, and on the first page how many wait. */
export async function listSuggestions(
  tx: Tx,
  community: CommunityId,
  { dismissed, after: cursor, limit }: SuggestionsPage,
): Promise<Page<MergeSuggestion> & { waiting: number | null }> {
  const place = readCursor(cursor, z.tuple([z.number(), z.uuid()]));
  const after = place && { score: place[0], id: place[1] };
  const rows = await readSuggestions(tx, community, { dismissed, after, limit: limit + 1 });
  const page = pageOf(rows, limit, (row) => [row.score, row.id]);
  const ids = [...new Set(page.items.flatMap((row) => [row.memberId, row.otherId]))];
  const candidates = await candidatesOf(tx, community, ids);
  const waiting = cursor === undefined ? await countWaiting(tx, community) : null;
  return { items: page.items.flatMap((row) => shown(row, candidates)), next: page.next, waiting };
}

/** What somebody decided about a suggestion. */
export interface SuggestionDecision {
  readonly id: string;
  readonly by: Decider;
  readonly now: number;
}

/** Notes that the two are not one person; they are not suggested again. With `dismissed` false it is open again. */
export async function dismissSuggestion(
  tx: Tx,
  community: CommunityId,
  decision: SuggestionDecision & { dismissed: boolean },
): Promise<void> {
  if (!(await decideSuggestion(tx, community, decision))) refuse("not-found", "members.no-such-suggestion");
}

/** Merges the two of a suggestion, its reasons written down with it; `intoId` says who stays. */
export async function acceptSuggestion(
  tx: Tx,
  community: CommunityId,
  { id, intoId, by, now }: SuggestionDecision & { intoId: string },
): Promise<MergeOutcome> {
  const row = await findSuggestion(tx, community, id);
  if (row === undefined) return refuse("not-found", "members.no-such-suggestion");
  if (intoId !== row.memberId && intoId !== row.otherId) return refuse("conflict", "members.suggestion-changed");
  const memberId = intoId === row.memberId ? row.otherId : row.memberId;
  return mergeMembers(tx, community, { memberId, intoId, evidence: row.reasons, by, now });
}

async function platformsOf(tx: Tx, community: CommunityId): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(distinct platform) as count from spaces where community_id = ${community}`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** How far the search is. */
export async function searchState(tx: Tx, community: CommunityId): Promise<z.infer<typeof searchSchema>> {
  const row = await readSearch(tx, community);
  const platforms = await platformsOf(tx, community);
  if (row === undefined) {
    const none = { startedAt: null, finishedAt: null, completeAt: null };
    return { status: "never", stage: "reading", share: 0, accounts: 0, found: 0, ...none, platforms };
  }
  const { status, stage, share, accounts, found } = row;
  const [startedAt, finishedAt, completeAt] = [iso(row.startedAt), iso(row.finishedAt), iso(row.completeAt)];
  return { status, stage, share, accounts, found, startedAt, finishedAt, completeAt, platforms };
}
