import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { nameKey, searchWords } from "#src/base/text-folding.ts";
import { isPartOfAnother } from "./parts.ts";

/** People whose names are folded at once; some 5 MB of memory. */
const BATCH = 5000;
/** A person with more accounts than this is found by the first of them. */
const MOST_ACCOUNTS = 5;
/** Stands between the names of one account; a name that holds it is found by its halves all the same. */
const BETWEEN = "\u001f";

interface NamedMember {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly platforms: readonly string[];
  /** Of each account its name, user name and id. */
  readonly accounts: readonly string[];
}

/**
 * Opens those of the people in `due_members` whose card is missing or was folded from other names than they bear now.
 * Through a cursor, because a million of them are not held in memory.
 */
async function openNames(tx: Tx, community: CommunityId): Promise<void> {
  await sql`
    declare due_names no scroll cursor for
    select m.id, m.name, a.hash::text as hash, a.platforms, a.accounts
    from due_members d
    join members m on m.community_id = ${community} and m.id = d.member_id
      and not ${isPartOfAnother(community, "m.id")}
    left join member_cards c on c.community_id = ${community} and c.member_id = d.member_id
    cross join lateral (
      select hashtextextended(concat_ws(${BETWEEN}::text, m.name, string_agg(i.platform || ${BETWEEN}::text || n.names,
          ${BETWEEN}::text order by i.id)), 0) as hash,
        coalesce(array_agg(distinct i.platform) filter (where i.id is not null), '{}') as platforms,
        coalesce((array_agg(n.names order by i.id) filter (where i.id is not null))[:${sql.lit(MOST_ACCOUNTS)}], '{}')
          as accounts
      from (
        select * from identities where community_id = ${community} and member_id = m.id
        union all
        select own.* from member_parts p
        join identities own on own.community_id = ${community} and own.member_id = p.member_id
        where p.community_id = ${community} and p.person_id = m.id and p.member_id <> m.id
      ) i cross join lateral (
        select concat_ws(${BETWEEN}::text, i.name, i.username, i.external_id) as names) n
    ) a
    where c.names_hash is distinct from a.hash`.execute(tx);
}

async function keepFolded(tx: Tx, people: readonly NamedMember[]): Promise<void> {
  const words = people.map(({ name, accounts }) =>
    searchWords(...new Set([name, ...accounts.flatMap((account) => account.split(BETWEEN))])).join(" "),
  );
  await sql`
    insert into folded_names (member_id, hash, name_key, words, platforms)
    select f.id, f.hash, f.name_key, f.words, string_to_array(f.platforms, ' ')
    from unnest(${people.map((each) => each.id)}::uuid[], ${people.map((each) => each.hash)}::bigint[],
      ${people.map((each) => nameKey(each.name))}::text[], ${words}::text[],
      ${people.map((each) => each.platforms.join(" "))}::text[]) f (id, hash, name_key, words, platforms)`.execute(tx);
}

/**
 * Folds the names of everybody in `due_members` who needs it into `folded_names`, a table of this transaction. Returns
 * how many there were.
 */
export async function foldNames(tx: Tx, community: CommunityId): Promise<number> {
  await sql`
    create temp table folded_names (member_id uuid not null, hash bigint not null, name_key text collate "C" not null,
      words text collate "C" not null, platforms text[] not null) on commit drop`.execute(tx);
  await openNames(tx, community);
  let folded = 0;
  for (;;) {
    const { rows } = await sql<NamedMember>`fetch ${sql.lit(BATCH)} from due_names`.execute(tx);
    if (rows.length === 0) break;
    await keepFolded(tx, rows);
    folded += rows.length;
  }
  await sql`close due_names`.execute(tx);
  await sql`analyze folded_names`.execute(tx);
  return folded;
}

/** Brings `member_words` from what the cards were found by until now to what `folded_names` says. */
export async function writeWords(tx: Tx, community: CommunityId): Promise<void> {
  await sql`
    delete from member_words w using folded_names f
    join member_cards c on c.community_id = ${community} and c.member_id = f.member_id
    cross join lateral string_to_table(ltrim(c.words), ' ') g (word)
    where g.word <> all(string_to_array(f.words, ' '))
      and w.community_id = ${community} and w.word = g.word and w.member_id = f.member_id`.execute(tx);
  // In the order of the key: so each page of the index is written once.
  await sql`
    insert into member_words (community_id, word, member_id)
    select ${community}, n.word, n.member_id from (
      select s.word collate "C" as word, f.member_id from folded_names f
      left join member_cards c on c.community_id = ${community} and c.member_id = f.member_id
      cross join lateral string_to_table(f.words, ' ') s (word)
      where f.words <> '' and (c.member_id is null or s.word <> all(string_to_array(ltrim(c.words), ' ')))
    ) n order by n.word, n.member_id`.execute(tx);
}
