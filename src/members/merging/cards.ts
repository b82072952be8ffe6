import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { fold, MOST_ACCOUNTS, writeCards, writeWords, type NamedMember } from "../store/cards.ts";
import { isPartOfAnother, partsOf } from "../store/parts.ts";

async function dropCards(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<void> {
  const gone = await sql<{ id: string; words: string }>`
    delete from member_cards where community_id = ${community} and member_id = any(${[...ids]}::uuid[])
    returning member_id as id, words`.execute(tx);
  const former = gone.rows.map(({ id, words }) => ({ id, name: "", accounts: [], before: words }));
  await writeWords(
    tx,
    community,
    former.map((one) => ({ ...fold(one), words: [] })),
  );
}

async function namedPeople(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<NamedMember[]> {
  const found = await sql<NamedMember>`
    select m.id, m.name, null as before, array(
      select unnest(array[i.name, coalesce(i.username, ''), i.external_id]) from (
        select name, username, external_id from identities
        where community_id = ${community} and member_id in ${partsOf(community, sql`m.id`)}
        order by id limit ${MOST_ACCOUNTS}) i
    ) as accounts
    from members m where m.community_id = ${community} and m.id = any(${[...ids]}::uuid[])
      and not ${isPartOfAnother(community, "m.id")} order by m.id`.execute(tx);
  return found.rows;
}

/** What a card says of all accounts of its person. */
async function gatherParts(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<void> {
  await sql`
    update member_cards c set
      platforms = array(select distinct i.platform from identities i where i.community_id = ${community}
        and i.member_id in ${partsOf(community, sql`c.member_id`)} order by 1),
      first_at = least(c.first_at, (select min(v.happened_at) from member_moves v where v.community_id = ${community}
        and v.member_id in ${partsOf(community, sql`c.member_id`)}))
    where c.community_id = ${community} and c.member_id in (select person_id from member_parts
      where community_id = ${community} and person_id = any(${[...ids]}::uuid[]))`.execute(tx);
}

/** Makes the cards of these people anew, and drops the cards of those who are part of somebody else. */
export async function remakeCards(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<void> {
  await dropCards(tx, community, ids);
  const people = (await namedPeople(tx, community, ids)).map(fold);
  await writeWords(tx, community, people);
  await writeCards(tx, community, people);
  await gatherParts(tx, community, ids);
  await sql`
    update member_lists set members = (select count(*) from member_cards where community_id = ${community})
    where community_id = ${community}`.execute(tx);
}

/** Makes the cards of everybody who is merged, where the whole list is renewed. */
export async function remakeMergedCards(tx: Tx, community: CommunityId): Promise<void> {
  const found = await sql<{ id: string }>`
    select distinct person_id as id from member_parts where community_id = ${community}`.execute(tx);
  if (found.rows.length > 0)
    await remakeCards(
      tx,
      community,
      found.rows.map((row) => row.id),
    );
}
