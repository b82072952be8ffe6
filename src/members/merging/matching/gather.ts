import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db } from "#src/base/database.ts";
import { CLAIM_HINT, claimsIn, PROFILE_DOMAINS, profileAt, type Claim } from "./claims.ts";
import type { Account } from "./corpus.ts";
import type { DaysOf, Told } from "./suggest.ts";

/** Accounts compared at most: some 500 MB of memory. Of a larger community those who wrote most lately. */
export const MOST_COMPARED = 200_000;
/** Sayings and addresses looked at. */
const MOST_TOLD = 100_000;

/** The accounts of everybody who is no bot, those who wrote lately first. */
export async function readAccounts(db: Db, community: CommunityId): Promise<Account[]> {
  const found = await sql<Account>`
    select coalesce(p.person_id, i.member_id) as "personId", i.platform, i.external_id as "externalId", i.name, i.username
    from identities i
    join members m on m.community_id = i.community_id and m.id = i.member_id and not m.is_bot
    left join member_parts p on p.community_id = i.community_id and p.member_id = i.member_id
    left join member_totals t on t.community_id = i.community_id and t.member_id = coalesce(p.person_id, i.member_id)
    where i.community_id = ${community}
    order by t.last_at desc nulls last, i.id limit ${MOST_COMPARED}`.execute(db);
  return found.rows;
}

/** Finds accounts by what people call them. */
interface Register {
  find(claim: Claim): number | undefined;
  /** Accounts of a person. */
  of(personId: string): readonly number[];
}

function registerOf(accounts: readonly Account[]): Register {
  const byHandle = new Map<string, number | undefined>();
  const byPerson = new Map<string, number[]>();
  const put = (platform: string, handle: string, place: number): void => {
    const key = `${platform} ${handle.toLowerCase()}`;
    // Two of that name: nobody knows which is meant.
    byHandle.set(key, byHandle.has(key) && byHandle.get(key) !== place ? undefined : place);
  };
  for (const [place, { personId, platform, externalId, name, username }] of accounts.entries()) {
    for (const handle of new Set([externalId, name, username ?? externalId])) put(platform, handle, place);
    const own = byPerson.get(personId);
    if (own === undefined) byPerson.set(personId, [place]);
    else own.push(place);
  }
  return {
    find: ({ platform, handle }) => byHandle.get(`${platform} ${handle}`),
    of: (personId) => byPerson.get(personId) ?? [],
  };
}

interface Saying {
  readonly personId: string;
  readonly messageId: string;
  readonly text: string;
}

/** Long texts are articles, not introductions; a text shown as evidence is cut. */
const LONGEST_SAYING = 500;
const SHOWN = 200;

async function readSayings(db: Db, community: CommunityId): Promise<Saying[]> {
  const found = await sql<Saying>`
    select coalesce(p.person_id, m.member_id) as "personId", m.id as "messageId", m.text
    from messages m left join member_parts p on p.community_id = m.community_id and p.member_id = m.member_id
    where m.community_id = ${community} and length(m.text) <= ${LONGEST_SAYING} and m.text ~* ${CLAIM_HINT}
    order by m.id desc limit ${MOST_TOLD}`.execute(db);
  return found.rows;
}

interface Address {
  readonly personId: string;
  readonly url: string;
  readonly messages: number;
  readonly tellers: number;
}

async function readAddresses(db: Db, community: CommunityId): Promise<Address[]> {
  const found = await sql<Address>`
    with posted as (
      select coalesce(p.person_id, m.member_id) as person, l.url, count(*)::int as messages from message_links l
      join messages m on m.community_id = l.community_id and m.id = l.message_id
      left join member_parts p on p.community_id = m.community_id and p.member_id = m.member_id
      where l.community_id = ${community} and l.domain = any(${[...PROFILE_DOMAINS]}) group by 1, 2
    )
    select person as "personId", url, messages, count(*) over (partition by url)::int as tellers from posted
    order by messages desc limit ${MOST_TOLD}`.execute(db);
  return found.rows;
}

/** What people say of accounts of their own elsewhere, and profiles they link to. */
export async function readTellings(db: Db, community: CommunityId, accounts: readonly Account[]): Promise<Told[]> {
  const register = registerOf(accounts);
  const told: Told[] = [];
  const add = (personId: string, claim: Claim, rest: Omit<Told, "one" | "other">): void => {
    const other = register.find(claim);
    if (other === undefined) return;
    for (const one of register.of(personId)) if (one !== other) told.push({ one, other, ...rest });
  };
  for (const { personId, messageId, text } of await readSayings(db, community))
    for (const claim of claimsIn(text))
      add(personId, claim, { reason: { kind: "says-so", messageId, text: text.slice(0, SHOWN) }, tellers: 1 });
  for (const { personId, url, messages, tellers } of await readAddresses(db, community)) {
    const claim = profileAt(url);
    if (claim !== undefined) add(personId, claim, { reason: { kind: "own-link", url, messages }, tellers });
  }
  return told;
}

/** On which days people wrote, from their counted days. */
export function daysFrom(db: Db, community: CommunityId): DaysOf {
  return async (personIds) => {
    const found = await sql<{ id: string; days: number[] }>`
      select member_id as id, array_agg(distinct day) as days from member_days
      where community_id = ${community} and member_id = any(${[...personIds]}::uuid[]) group by member_id`.execute(db);
    const of = new Map(found.rows.map(({ id, days }) => [id, new Set(days)]));
    return { of, all: new Set(found.rows.flatMap(({ days }) => days)).size };
  };
}
