import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { EVERYBODY } from "./changes.ts";
import { isPartOfAnother } from "./parts.ts";
import { addAged, judgeStandings, standingDays, type StandingDays } from "../standing/store.ts";
import { zoneOf } from "./presence.ts";
import { foldNames, writeWords } from "./names.ts";

/** Sorts the search words of a million people in a few runs. */
const ROOM_TO_SORT = "128MB";
/** So many new cards change what the server believes of the list. */
const MANY = 5000;

/** Fills `due_members` with those noted since the last time, or with everybody. */
async function chooseDue(tx: Tx, community: CommunityId): Promise<void> {
  await sql`create temp table due_members (member_id uuid primary key) on commit drop`.execute(tx);
  const isListed = await sql`select from member_lists where community_id = ${community}`.execute(tx);
  const noted = await sql<{ id: string }>`
    with noted as (delete from member_changes where community_id = ${community} returning member_id), due as (
      insert into due_members select member_id from noted)
    select member_id as id from noted where member_id = ${EVERYBODY}`.execute(tx);
  if (isListed.rows.length > 0 && noted.rows.length === 0) return addUnnoted(tx, community);
  await sql`truncate due_members`.execute(tx);
  await sql`
    insert into due_members
    select id from members where community_id = ${community} and not ${isPartOfAnother(community, "members.id")}
    union select member_id from member_cards where community_id = ${community} order by 1`.execute(tx);
}

/** Everybody on the list is a person and every person is on it, save those who are due anyway. */
async function isComplete(tx: Tx, community: CommunityId): Promise<boolean> {
  const found = await sql<{ members: number; listed: number; fresh: number; gone: number }>`
    select (select count(*) from members where community_id = ${community}) - (select count(*) from member_parts
        where community_id = ${community} and person_id <> member_id) as members,
      (select count(*) from member_cards where community_id = ${community}) as listed,
      (select count(*) from due_members d join members m on m.community_id = ${community} and m.id = d.member_id
        where not ${isPartOfAnother(community, "m.id")} and not exists (
          select from member_cards c where c.community_id = ${community} and c.member_id = d.member_id)
      ) as fresh,
      (select count(*) from due_members d join member_cards c on c.community_id = ${community} and c.member_id = d.member_id
        where ${isPartOfAnother(community, "d.member_id")} or not exists (
          select from members m where m.community_id = ${community} and m.id = d.member_id)
      ) as gone`.execute(tx);
  const { members, listed, fresh, gone } = found.rows[0] ?? { members: 0, listed: 0, fresh: 0, gone: 0 };
  return members === listed + fresh - gone;
}

/** People who came or went without having written a word are noted by nobody; counting both sides shows that there are any. */
async function addUnnoted(tx: Tx, community: CommunityId): Promise<void> {
  if (await isComplete(tx, community)) return;
  await sql`
    insert into due_members
    select coalesce(m.id, c.member_id) from (
      select id from members where community_id = ${community} and not ${isPartOfAnother(community, "members.id")}) m
    full join (select member_id from member_cards where community_id = ${community}) c on c.member_id = m.id
    where m.id is null or c.member_id is null
    on conflict do nothing`.execute(tx);
}

async function dropGone(tx: Tx, community: CommunityId): Promise<void> {
  await sql`
    with gone as (
      delete from member_cards c using due_members d where c.community_id = ${community} and c.member_id = d.member_id
        and (${isPartOfAnother(community, "d.member_id")} or not exists (
          select from members m where m.community_id = ${community} and m.id = d.member_id))
      returning c.member_id, c.words
    )
    delete from member_words w using gone cross join lateral string_to_table(ltrim(gone.words), ' ') g (word)
    where w.community_id = ${community} and w.word = g.word and w.member_id = gone.member_id`.execute(tx);
}

/** Gathers into `due_figures`, a table of this transaction, what the cards of people in `due_members` show of them. */
async function gatherFigures(tx: Tx, community: CommunityId): Promise<void> {
  await sql`
    create temp table due_figures (id uuid not null, name text not null, is_staff boolean not null,
      is_bot boolean not null, messages int not null, active_days int not null, first_at timestamptz not null,
      written_at timestamptz, last_at timestamptz not null) on commit drop`.execute(tx);
  await sql`
    insert into due_figures
    select m.id, m.name, m.is_staff, m.is_bot, coalesce(t.messages, 0), coalesce(t.active_days, 0),
      coalesce(least(t.first_at, a.at), m.created_at), t.first_at, coalesce(t.last_at, 'epoch')
    from due_members d
    join members m on m.community_id = ${community} and m.id = d.member_id and not ${isPartOfAnother(community, "m.id")}
    left join member_totals t on t.community_id = ${community} and t.member_id = d.member_id
    left join (
      select coalesce(p.person_id, v.member_id) as member_id, min(v.happened_at) as at from member_moves v
      left join member_parts p on p.community_id = v.community_id and p.member_id = v.member_id
      where v.community_id = ${community} and v.member_id is not null group by 1
    ) a on a.member_id = d.member_id
    order by m.id`.execute(tx);
  await sql`analyze due_figures`.execute(tx);
}

const FIGURES = sql`
  select f.*, coalesce(s.level, 0) as level, coalesce(s.stage, 0) as stage from due_figures f
  left join due_standings s on s.member_id = f.id`;

/** Gives a card to those who have none and new names to those who are called otherwise. */
async function writeNames(tx: Tx, community: CommunityId): Promise<void> {
  await sql`
    update member_cards c set name = m.name, name_key = f.name_key, words = ' ' || f.words, platforms = f.platforms,
      names_hash = f.hash
    from folded_names f join members m on m.community_id = ${community} and m.id = f.member_id
    where c.community_id = ${community} and c.member_id = f.member_id`.execute(tx);
  await sql`
    insert into member_cards (community_id, member_id, name, name_key, words, is_staff, is_bot, platforms, messages,
      active_days, first_at, last_at, level, stage, names_hash)
    select ${community}, r.id, r.name, f.name_key, ' ' || f.words, r.is_staff, r.is_bot, f.platforms, r.messages,
      r.active_days, r.first_at, r.last_at, r.level, r.stage, f.hash
    from (${FIGURES}) r join folded_names f on f.member_id = r.id
    where not exists (select from member_cards c where c.community_id = ${community} and c.member_id = r.id)
    order by r.id`.execute(tx);
}

/** Brings the figures of cards up to date; cards that are right already are not written. */
async function writeFigures(tx: Tx, community: CommunityId): Promise<void> {
  await sql`
    update member_cards c set is_staff = r.is_staff, is_bot = r.is_bot, messages = r.messages,
      active_days = r.active_days, first_at = r.first_at, last_at = r.last_at, level = r.level, stage = r.stage
    from (${FIGURES}) r
    where c.community_id = ${community} and c.member_id = r.id
      and (c.is_staff, c.is_bot, c.messages, c.active_days, c.first_at, c.last_at, c.level, c.stage) is distinct from
        (r.is_staff, r.is_bot, r.messages, r.active_days, r.first_at, r.last_at, r.level, r.stage)`.execute(tx);
}

/**
 * Brings names, search words, platforms, figures and standing up to date for those who are due, makes the cards of people
 * who have none and drops those of people who are no more. Costs what the due people cost, beside one count of the list.
 * Leaves who was due in `due_members`, a table of this transaction. Returns as of which days people stood and stand.
 */
export async function renewCards(tx: Tx, community: CommunityId): Promise<StandingDays> {
  await sql`select set_config('work_mem', ${ROOM_TO_SORT}, true)`.execute(tx);
  await chooseDue(tx, community);
  const days = await standingDays(tx, community, await zoneOf(tx, community));
  await addAged(tx, community, days);
  await sql`analyze due_members`.execute(tx);
  await dropGone(tx, community);
  await gatherFigures(tx, community);
  await judgeStandings(tx, community, days);
  await writeFigures(tx, community);
  const folded = await foldNames(tx, community);
  if (folded > 0) {
    await writeWords(tx, community);
    await writeNames(tx, community);
  }
  // After many new people the way of reading must not be chosen by what was known of few.
  if (folded > MANY) await sql`analyze member_cards, member_words`.execute(tx);
  return days;
}

/** What is noted of the list when it has been renewed. */
export interface Renewed {
  /** In milliseconds since 1970 UTC; undefined where nothing new was counted. */
  readonly at: number | undefined;
  /** The local day as of which people stand where they stand. */
  readonly day: number | undefined;
}

/** Notes how many the list holds, when it was renewed and as of which day. */
export async function finishList(tx: Tx, community: CommunityId, { at, day }: Renewed): Promise<void> {
  const renewedAt = at === undefined ? sql`l.renewed_at` : sql`excluded.renewed_at`;
  await sql`
    insert into member_lists as l (community_id, members, renewed_at, standing_day)
    select ${community}, count(*), to_timestamp(${(at ?? 0) / 1000}), ${day ?? null}::int from member_cards
    where community_id = ${community}
    on conflict (community_id) do update set members = excluded.members, renewed_at = ${renewedAt},
      standing_day = excluded.standing_day`.execute(tx);
}

/** Gives the cards of these people the marks the people have. */
export async function renewMarks(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<void> {
  await sql`
    update member_cards c set is_staff = m.is_staff, is_bot = m.is_bot from members m
    where c.community_id = ${community} and c.member_id = any(${[...memberIds]}::uuid[])
      and m.community_id = c.community_id and m.id = c.member_id
      and (c.is_staff, c.is_bot) is distinct from (m.is_staff, m.is_bot)`.execute(tx);
}

/** Empties the list of a community. */
export async function dropList(tx: Tx, community: CommunityId): Promise<void> {
  for (const table of [
    "member_cards",
    "member_words",
    "member_spaces",
    "member_answers",
    "member_lists",
    "segment_members",
  ])
    await sql`delete from ${sql.table(table)} where community_id = ${community}`.execute(tx);
}
