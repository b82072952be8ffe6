import { sql } from "kysely";
import { localDay } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { idAt } from "#src/base/ids.ts";
import { emptySheet, flagsOf, ofCircle, presentOf, type Writing } from "../metrics/sheet.ts";
import { arrivalsWithin, cutWindow, type Window } from "../metrics/window.ts";
import { writtenSpan, zoneOf } from "./community.ts";
import { daysOf, outsidersOf } from "./day-cache.ts";
import { fold } from "./fold.ts";
import { readStretch } from "./history.ts";
import { giveNumbers, MemberNumbers } from "./numbers.ts";
import { joinWriting, unpackDay, type DatedDay } from "./packing.ts";
import type { Days } from "./sheets.ts";

const UTC = "UTC";
const DAY = 86_400_000;
/** So many days are folded at once where days have to be counted anew in UTC. */
const AT_ONCE = 31;

/** Which messages the exact figures are about. Days are UTC; no spaces: all. */
export interface ExactScope {
  readonly from?: number;
  readonly to?: number;
  readonly spaceIds: readonly string[];
}

/** Days of a community that counts in another zone, counted in UTC from the messages and kept nowhere. */
async function countInUtc(tx: Tx, community: CommunityId, { from, to }: Days): Promise<DatedDay[]> {
  await giveNumbers(tx, community);
  const people = new MemberNumbers();
  const days: DatedDay[] = [];
  for (let first = from; first <= to; first += AT_ONCE) {
    const last = Math.min(to, first + AT_ONCE - 1);
    const stretch = await readStretch({ tx, community, people }, { from: first * DAY, to: (last + 1) * DAY });
    const { days: folded } = fold(stretch, { from: first, to: last, zone: UTC }, new Set());
    for (const day of folded) if (day.writing.length > 0) days.push({ day: day.day, ...unpackDay(day) });
  }
  return days;
}

async function everybodysDays(databases: Databases, community: CommunityId, days: Days): Promise<DatedDay[]> {
  const outsiders = outsidersOf([]);
  const found = await daysOf((work) => databases.asOwner(work), community, { ...days, outsiders });
  return found.map(({ inside }) => inside);
}

async function readWriting(databases: Databases, community: CommunityId, days: Days): Promise<Writing> {
  const zone = await databases.asOwner((tx) => zoneOf(tx, community));
  return joinWriting(
    zone === UTC
      ? await everybodysDays(databases, community, days)
      : await databases.asOwner((tx) => countInUtc(tx, community, days)),
  );
}

async function spaceNumbers(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<Set<number>> {
  const found = await sql<{ number: number }>`
    select number from space_numbers where community_id = ${community} and space_id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
  return new Set(found.rows.map(({ number }) => number));
}

function windowOf(writing: Writing): Window {
  const from = writing.day.at(0) ?? 0;
  const to = writing.day.at(-1) ?? 0;
  const present = presentOf(writing);
  const sheet = { ...emptySheet(), present, writing, arriving: arrivalsWithin(present) };
  const knows = { replies: false, reactions: false, moves: false };
  return cutWindow({ sheet, historyFrom: from, historyTo: to, outsiders: new Set(), knows }, { from, to });
}

/**
 * The window of the exact figures: all messages in scope and nothing else, in UTC days, nobody left out. What lies
 * before the scope does not exist for it, so somebody's first message is the first in scope.
 */
export async function readExactWindow(
  databases: Databases,
  community: CommunityId,
  scope: ExactScope,
): Promise<Window> {
  const span = await databases.asOwner((tx) => writtenSpan(tx, community));
  if (span === undefined) return windowOf(emptySheet().writing);
  const days = {
    from: Math.max(scope.from ?? -Infinity, localDay(span.firstAt, UTC)),
    to: Math.min(scope.to ?? Infinity, localDay(span.lastAt, UTC)),
  };
  if (days.from > days.to) return windowOf(emptySheet().writing);
  const writing = await readWriting(databases, community, days);
  if (scope.spaceIds.length === 0) return windowOf(writing);
  const chosen = await databases.asOwner((tx) => spaceNumbers(tx, community, scope.spaceIds));
  return windowOf(ofCircle(writing, writing.space, { flags: flagsOf(chosen), isInside: true }));
}

/** The instants of the first and last message in scope, as ISO text in UTC; null when there is none. */
export async function readEnds(
  databases: Databases,
  community: CommunityId,
  scope: ExactScope,
): Promise<{ firstAt: string | null; lastAt: string | null }> {
  const { from, to, spaceIds } = scope;
  const after = from === undefined ? sql`` : sql`and id >= ${idAt(from * DAY)}`;
  const before = to === undefined ? sql`` : sql`and id < ${idAt((to + 1) * DAY)}`;
  const inSpaces = spaceIds.length === 0 ? sql`` : sql`and space_id = any(${[...spaceIds]}::uuid[])`;
  const end = (
    order: "asc" | "desc",
  ) => sql`(select sent_at from messages where community_id = ${community} ${after} ${before} ${inSpaces}
    order by id ${sql.raw(order)} limit 1)`;
  const found = await sql<{
    first: Date | null;
    last: Date | null;
  }>`select ${end("asc")} as first, ${end("desc")} as last`.execute(databases.owner);
  const { first, last } = found.rows[0] ?? { first: null, last: null };
  return { firstAt: first?.toISOString() ?? null, lastAt: last?.toISOString() ?? null };
}

/** Accounts of members by number, those with most messages first; of equals, by the account's id. */
export async function readTopAccounts(
  databases: Databases,
  community: CommunityId,
  top: readonly { member: number; messages: number }[],
): Promise<{ externalId: string; messages: number }[]> {
  const found = await sql<{ externalId: string; messages: number }>`
    select i.external_id as "externalId", t.messages
    from unnest(${top.map(({ member }) => member)}::int[], ${top.map(({ messages }) => messages)}::int[]) t (member, messages)
    join member_numbers n on n.community_id = ${community} and n.number = t.member
    join lateral (select external_id from identities i where i.community_id = ${community} and i.member_id = n.member_id
      order by i.created_at, i.external_id limit 1) i on true
    order by t.messages desc, i.external_id limit 10`.execute(databases.owner);
  return found.rows;
}

/** Ids of the spaces of that name. */
export async function spacesNamed(databases: Databases, community: CommunityId, name: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from spaces where community_id = ${community} and (name = ${name} or external_id = ${name})`.execute(
    databases.owner,
  );
  return found.rows.map(({ id }) => id);
}
