import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { nameKey, searchWords } from "#src/base/text-folding.ts";
import { isMerged, isPartOfAnother } from "./parts.ts";

/** People whose names are folded at once; some 5 MB of memory. */
const BATCH = 5000;
/** A person with more accounts than this is found by the first of them. */
export const MOST_ACCOUNTS = 5;

/** A person with the words of their card. */
export interface NamedMember {
  readonly id: string;
  readonly name: string;
  /** Names, user names and ids of their accounts. */
  readonly accounts: readonly string[];
  /** The words their card was found by until now; null without a card. */
  readonly before: string | null;
}

/** People whose card is missing or bears another name than they do now, the next of them after a member's id. */
async function outdated(tx: Tx, community: CommunityId, after: string): Promise<NamedMember[]> {
  const found = await sql<NamedMember>`
    with renewed as (
      select coalesce(max(renewed_at), '-infinity') as at from member_lists where community_id = ${community}
    ), stale as (
      select m.id, m.name, c.words as before from members m
      left join member_cards c on c.community_id = m.community_id and c.member_id = m.id and c.member_id > ${after}
      where m.community_id = ${community} and m.id > ${after} and (c.member_id is null or c.name <> m.name
        or exists (select from identities i, renewed where i.community_id = m.community_id and i.member_id = m.id
          and i.created_at > renewed.at)) and not ${isMerged(community, "m.id")}
      order by m.id limit ${BATCH}
    )
    select s.id, s.name, s.before, array(
      select unnest(array[i.name, coalesce(i.username, ''), i.external_id]) from (
        select name, username, external_id from identities
        where community_id = ${community} and member_id = s.id order by id limit ${MOST_ACCOUNTS}) i
    ) as accounts
    from stale s order by s.id`.execute(tx);
  return found.rows;
}

/** Words and order of a person. */
export interface Folded {
  readonly id: string;
  readonly key: string;
  readonly words: readonly string[];
  readonly before: readonly string[];
}

/** What a person is found and ordered by. */
export function fold({ id, name, accounts, before }: NamedMember): Folded {
  const known = before === null ? [] : before.split(" ").filter((word) => word !== "");
  return { id, key: nameKey(name), words: searchWords(...new Set([name, ...accounts])), before: known };
}

/** Writes the words that people are found by, and takes away those they no longer are. */
export async function writeWords(tx: Tx, community: CommunityId, people: readonly Folded[]): Promise<void> {
  const gone = people.flatMap(({ id, words, before }) =>
    before.filter((word) => !words.includes(word)).map((word) => ({ id, word })),
  );
  const fresh = people.flatMap(({ id, words, before }) =>
    words.filter((word) => !before.includes(word)).map((word) => ({ id, word })),
  );
  if (gone.length > 0)
    await sql`
      delete from member_words w using unnest(${gone.map((each) => each.word)}::text[], ${gone.map((each) => each.id)}::uuid[])
        g (word, member_id)
      where w.community_id = ${community} and w.word = g.word and w.member_id = g.member_id`.execute(tx);
  await sql`
    insert into member_words (community_id, word, member_id)
    select ${community}, f.word, f.member_id
    from unnest(${fresh.map((each) => each.word)}::text[], ${fresh.map((each) => each.id)}::uuid[]) f (word, member_id)
    order by f.word collate "C", f.member_id`.execute(tx);
}

/** Writes cards, with the figures of the totals. */
export async function writeCards(tx: Tx, community: CommunityId, people: readonly Folded[]): Promise<void> {
  const words = people.map((each) => ` ${each.words.join(" ")}`);
  await sql`
    insert into member_cards (community_id, member_id, name, name_key, words, is_staff, is_bot, platforms, messages,
      active_days, first_at, last_at)
    select m.community_id, m.id, m.name, f.name_key, f.words, m.is_staff, m.is_bot,
      array(select distinct i.platform from identities i where i.community_id = m.community_id and i.member_id = m.id),
      coalesce(t.messages, 0), coalesce(t.active_days, 0),
      coalesce(least(t.first_at, (select min(v.happened_at) from member_moves v
        where v.community_id = m.community_id and v.member_id = m.id)), m.created_at),
      coalesce(t.last_at, 'epoch')
    from unnest(${people.map((each) => each.id)}::uuid[], ${people.map((each) => each.key)}::text[], ${words}::text[])
      f (id, name_key, words)
    join members m on m.community_id = ${community} and m.id = f.id
    left join member_totals t on t.community_id = m.community_id and t.member_id = m.id
    on conflict (community_id, member_id) do update set name = excluded.name, name_key = excluded.name_key,
      words = excluded.words, platforms = excluded.platforms`.execute(tx);
}

/** Brings names, search words and platforms up to date, and makes the cards of people who have none. */
export async function renewNames(tx: Tx, community: CommunityId): Promise<void> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const people = await outdated(tx, community, after);
    const last = people.at(-1);
    if (last === undefined) return;
    const folded = people.map(fold);
    await writeWords(tx, community, folded);
    await writeCards(tx, community, folded);
    after = last.id;
  }
}

/** Brings the figures of cards up to date with the totals; cards that are right already are not written. */
export async function renewFigures(tx: Tx, community: CommunityId): Promise<void> {
  await sql`
    with arrived as (
      select coalesce(p.person_id, v.member_id) as member_id, min(v.happened_at) as at from member_moves v
      left join member_parts p on p.community_id = v.community_id and p.member_id = v.member_id
      where v.community_id = ${community} and v.member_id is not null group by 1
    ), right_now as (
      select m.id, m.is_staff, m.is_bot, coalesce(t.messages, 0) as messages, coalesce(t.active_days, 0) as active_days,
        coalesce(least(t.first_at, a.at), m.created_at) as first_at, coalesce(t.last_at, 'epoch') as last_at
      from members m
      left join member_totals t on t.community_id = m.community_id and t.member_id = m.id
      left join arrived a on a.member_id = m.id
      where m.community_id = ${community}
    )
    update member_cards c set is_staff = r.is_staff, is_bot = r.is_bot, messages = r.messages,
      active_days = r.active_days, first_at = r.first_at, last_at = r.last_at
    from right_now r
    where c.community_id = ${community} and c.member_id = r.id
      and (c.is_staff, c.is_bot, c.messages, c.active_days, c.first_at, c.last_at)
        is distinct from (r.is_staff, r.is_bot, r.messages, r.active_days, r.first_at, r.last_at)`.execute(tx);
}

/** Drops the cards of people who are no more, and notes how many the list holds and when it was renewed. */
export async function finishList(tx: Tx, community: CommunityId, now: number): Promise<void> {
  const gone = await sql<{ id: string }>`
    delete from member_cards c where c.community_id = ${community} and not exists (
      select from members m where m.community_id = c.community_id and m.id = c.member_id
        and not ${isPartOfAnother(community, "c.member_id")})
    returning c.member_id as id`.execute(tx);
  if (gone.rows.length > 0)
    await sql`
      delete from member_words where community_id = ${community}
        and member_id = any(${gone.rows.map((row) => row.id)}::uuid[])`.execute(tx);
  await sql`
    insert into member_lists (community_id, members, renewed_at)
    select ${community}, count(*), to_timestamp(${now / 1000}) from member_cards where community_id = ${community}
    on conflict (community_id) do update set members = excluded.members, renewed_at = excluded.renewed_at`.execute(tx);
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
  for (const table of ["member_cards", "member_words", "member_spaces", "member_answers", "member_lists"])
    await sql`delete from ${sql.table(table)} where community_id = ${community}`.execute(tx);
}
