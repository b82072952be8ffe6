import { sql, type RawBuilder } from "kysely";
import * as z from "zod";
import { dayToDate, localDay } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { timeOfId } from "#src/base/ids.ts";
import { cursorOf, readCursor, type Page } from "#src/base/paging.ts";
import { csvRow, UTF8_MARK } from "#src/base/csv-row.ts";
import { refuse } from "#src/base/refusal.ts";
import {
  EXPORT_LIMIT,
  memberSorts,
  YEAR_DAYS,
  type Account,
  type Member,
  type MemberFilter,
  type MemberRow,
  type MemberSort,
  type MemberTotal,
  type StandingEvidence,
  type TimelineEntry,
} from "./model.ts";
import { listState, placeOf, readCards, type Card } from "./store/list.ts";
import { narrowingOf } from "./store/filter-narrowing.ts";
import { lastMessageAt, readAccounts, readCard, readDays, readMoves, readSpaces, readTies } from "./store/profile.ts";
import { membersOf, personOf } from "./store/parts.ts";
import { readSegment } from "./segments/store.ts";
import { lookBackFrom, type Stage, stages } from "./standing/model.ts";
import { readStanding } from "./standing/store.ts";
import type { Tag } from "./tags/model.ts";
import { tagsOf } from "./tags/store.ts";
import { readTimeline, type Written } from "./store/timeline.ts";

/** Whose members, and the zone in which their days begin. */
export interface MembersPlace {
  readonly community: CommunityId;
  readonly timeZone: string;
}

/** A person with every member that was merged into them, themselves among these. */
export interface WholePerson {
  readonly personId: string;
  readonly memberIds: readonly string[];
}

/** The person that a member is part of; undefined when there is no such member. */
export async function wholePerson(tx: Tx, community: CommunityId, memberId: string): Promise<WholePerson | undefined> {
  const personId = await personOf(tx, community, memberId);
  const memberIds = await membersOf(tx, community, personId);
  return memberIds.length === 0 ? undefined : { personId, memberIds };
}

/** A page of the list. */
export interface MembersAsk {
  readonly filter: MemberFilter;
  readonly sort: MemberSort;
  readonly limit: number;
  /** `next` of the page before, of the same filter and order. */
  readonly after?: string | undefined;
}

/** A page of members. `total` is told on the first page alone, and only where it can be counted quickly. */
export interface MembersPage extends Page<MemberRow> {
  readonly total: MemberTotal | null;
  /** When the list was last brought up to date, ISO; null: nobody was ever counted. */
  readonly renewedAt: string | null;
}

const placeSchema = z.tuple([z.enum(memberSorts), z.union([z.string(), z.number()]), z.uuid()]);

const iso = (at: number): string => new Date(at).toISOString();

/** A card as the API shows it. */
export function cardFieldsOf(card: Card, tags: readonly Tag[] | undefined): Omit<MemberRow, "accounts"> {
  const { id, name, isStaff, isBot, messages, activeDays, firstAt, lastAt } = card;
  const lastActiveAt = messages === 0 ? null : iso(lastAt);
  // The team and bots take part because it is their work.
  const stands = !isStaff && !isBot;
  return {
    id,
    name,
    isStaff,
    isBot,
    messages,
    activeDays,
    firstSeenAt: iso(firstAt),
    lastActiveAt,
    step: stands ? card.step : null,
    stage: stands ? (stages[card.stage] ?? null) : null,
    tags: [...(tags ?? [])],
  };
}

/** How many a segment holds, where nothing else narrows the list. */
async function segmentTotal(
  tx: Tx,
  community: CommunityId,
  { segment, ...rest }: MemberFilter,
): Promise<MemberTotal | undefined> {
  if (segment === undefined || Object.values(rest).some((part) => part !== undefined)) return undefined;
  const count = (await readSegment(tx, community, segment))?.members ?? undefined;
  return count === undefined ? undefined : { count, precision: "exact" };
}

/** One page of the members that the filter leaves, in the order asked for. A cursor of another order is refused. */
export async function listMembers(tx: Tx, place: MembersPlace, ask: MembersAsk): Promise<MembersPage> {
  const { community } = place;
  const { sort, limit } = ask;
  const cursor = readCursor(ask.after, placeSchema);
  if (cursor !== undefined && cursor[0] !== sort) return refuse("invalid", "request.bad-cursor");
  const after = cursor && { value: cursor[1], id: cursor[2] };
  const wanted = { narrowing: await narrowingOf(tx, place, ask.filter), sort, after, limit: limit + 1 };
  const { cards, total } = await readCards(tx, community, wanted);
  const shown = cards.slice(0, limit);
  const accounts = await readAccounts(tx, community, { memberIds: shown.map((card) => card.id), most: 5 });
  const tags = await tagsOf(
    tx,
    community,
    shown.map((card) => card.id),
  );
  const last = shown.at(-1);
  const end = last !== undefined && cards.length > limit ? placeOf(last, sort) : undefined;
  const state = await listState(tx, community);
  const whole = after === undefined ? await segmentTotal(tx, community, ask.filter) : undefined;
  return {
    items: shown.map((card) => ({ ...cardFieldsOf(card, tags.get(card.id)), accounts: accounts.get(card.id) ?? [] })),
    next: end === undefined ? null : cursorOf([sort, end.value, end.id]),
    total: whole ?? total ?? null,
    renewedAt: state === undefined ? null : iso(state.renewedAt),
  };
}

interface YearAsk {
  readonly memberId: string;
  readonly today: number;
}

async function yearOf(
  tx: Tx,
  { community, timeZone }: MembersPlace,
  { memberId, today }: YearAsk,
): Promise<Member["year"]> {
  const to = localDay((await lastMessageAt(tx, community)) ?? today, timeZone);
  const from = to - YEAR_DAYS + 1;
  const days = await readDays(tx, community, { memberId, from, to });
  const written = days.map(({ day, messages }) => ({ day: dayToDate(day), messages }));
  return { from: dayToDate(from), to: dayToDate(to), days: written };
}

async function standingFor(
  tx: Tx,
  { community, timeZone }: MembersPlace,
  { isStaff, isBot, id }: Card,
): Promise<StandingEvidence | null> {
  if (isStaff || isBot) return null;
  const found = await readStanding(tx, community, { memberId: id, zone: timeZone });
  if (found === undefined) return null;
  const { silence, absence, ...counts } = found.standing.evidence;
  const [asOf, from] = [dayToDate(found.asOf), dayToDate(lookBackFrom(found.asOf))];
  return { asOf, from, ...counts, silence: silence ?? null, absence: absence ?? null };
}

/** Everything the page of one member shows besides their messages; of a merged one, that of the person. Refuses a member who is not on the list. */
export async function getMember(
  tx: Tx,
  place: MembersPlace,
  { memberId: asked, now }: { memberId: string; now: number },
): Promise<Member> {
  const { community } = place;
  const memberId = await personOf(tx, community, asked);
  const card = await readCard(tx, community, memberId);
  if (card === undefined) return refuse("not-found", "members.unknown");
  const accounts = await readAccounts(tx, community, { memberIds: [memberId], most: 50 });
  const where = await readSpaces(tx, community, { memberId, most: 20 });
  const moves = await readMoves(tx, community, { memberId, most: 20 });
  return {
    ...cardFieldsOf(card, (await tagsOf(tx, community, [memberId])).get(memberId)),
    accounts: accounts.get(memberId) ?? [],
    spaces: where.spaces.map(({ lastDay, ...space }) => ({ ...space, lastDay: dayToDate(lastDay) })),
    spaceCount: where.count,
    year: await yearOf(tx, place, { memberId, today: now }),
    standing: await standingFor(tx, place, card),
    replies: where.replies,
    questions: where.questions,
    answersTo: await readTies(tx, community, { memberId, way: "to", most: 5 }),
    answeredBy: await readTies(tx, community, { memberId, way: "from", most: 5 }),
    moves: moves.map(({ kind, at, spaceId, spaceName }) => ({
      kind,
      at: iso(at),
      space: { id: spaceId, name: spaceName },
    })),
  };
}

function entryOf(written: Written): TimelineEntry {
  const { id, sentAt, kind, text, isCut, spaceId, spaceName, replyToMemberId, replyToName, reactions } = written;
  const replyTo = replyToMemberId === null ? null : { memberId: replyToMemberId, name: replyToName ?? "" };
  return { id, sentAt: iso(sentAt), kind, text, isCut, space: { id: spaceId, name: spaceName }, replyTo, reactions };
}

/** A page of a member's messages, newest first. */
export async function listTimeline(
  tx: Tx,
  { community, timeZone }: MembersPlace,
  ask: { memberId: string; limit: number; after?: string | undefined },
): Promise<Page<TimelineEntry>> {
  const [id] = readCursor(ask.after, z.tuple([z.uuid()])) ?? [];
  const before = id === undefined ? undefined : { id, day: localDay(timeOfId(id), timeZone) };
  const { limit } = ask;
  const memberId = await personOf(tx, community, ask.memberId);
  const found = await readTimeline(tx, community, { memberId, timeZone, before, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(entryOf), next: last !== undefined && found.length > limit ? cursorOf([last.id]) : null };
}

/** The columns of an exported list, named in the reader's language. */
export interface ExportWords {
  readonly columns: readonly string[];
  readonly step: (step: number) => string;
  readonly stage: (stage: Stage) => string;
  readonly yes: string;
  readonly no: string;
  /** Stands in the last line when the list is longer than an export may be. */
  readonly cut: string;
}

/** Rows read in one transaction; the list is read page by page, so that a slow reader holds no transaction open. */
const EXPORT_PAGE = 1000;

function exportRow(row: MemberRow, words: ExportWords): string {
  const said = (flag: boolean): string => (flag ? words.yes : words.no);
  const accounts = (of: (account: Account) => string | null): string =>
    row.accounts.flatMap((account) => of(account) || []).join(" ");
  return csvRow([
    row.name,
    accounts((account) => account.platform),
    accounts((account) => account.username),
    accounts((account) => account.externalId),
    row.messages,
    row.activeDays,
    row.firstSeenAt,
    row.lastActiveAt,
    row.step === null ? null : words.step(row.step),
    row.stage === null ? null : words.stage(row.stage),
    row.tags.map((tag) => tag.name).join(", "),
    said(row.isStaff),
    said(row.isBot),
    row.id,
  ]);
}

/**
 * The list as the text of a CSV file, piece by piece, at most `EXPORT_LIMIT` members; a longer list says so in its last
 * line. Instants are ISO in UTC. `run` opens a transaction in the community.
 */
export async function* exportMembers(
  run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  place: MembersPlace,
  ask: Pick<MembersAsk, "filter" | "sort"> & { words: ExportWords },
): AsyncGenerator<string> {
  const { filter, sort, words } = ask;
  yield UTF8_MARK + csvRow(words.columns);
  let after: string | undefined;
  for (let written = 0; written < EXPORT_LIMIT; written += EXPORT_PAGE) {
    const from = after;
    const page = await run((tx) => listMembers(tx, place, { filter, sort, limit: EXPORT_PAGE, after: from }));
    yield page.items.map((row) => exportRow(row, words)).join("");
    if (page.next === null) return;
    after = page.next;
  }
  yield csvRow([words.cut]);
}

/** What the team calls a segment; undefined where it is not there, or no more. */
export async function segmentName(tx: Tx, community: CommunityId, segmentId: string): Promise<string | undefined> {
  return (await readSegment(tx, community, segmentId))?.name;
}

/**
 * The ids of everybody in a segment, as a subquery of one column `member_id`, for statements of others. They are persons:
 * whoever was merged into somebody has no row. Refuses a segment that is not there.
 */
export async function segmentMembers(
  tx: Tx,
  community: CommunityId,
  segmentId: string,
): Promise<RawBuilder<{ member_id: string }>> {
  if ((await readSegment(tx, community, segmentId)) === undefined)
    return refuse("not-found", "members.segment-unknown");
  return sql<{ member_id: string }>`(select s.member_id from segment_members s
    where s.community_id = ${community} and s.segment_id = ${segmentId})`;
}
