import { hash } from "node:crypto";
import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { bareLinks } from "../markdown/bare-links.ts";
import { typedText } from "../talk/text.ts";
import type { PageFacts } from "./page-facts.ts";

const hashOf = (address: string): string => hash("sha256", address, "hex");

interface Use {
  readonly topic: number;
  readonly number: number;
  readonly place: number;
  readonly hash: string;
  readonly address: string;
}

/** Where these messages stand as posts, with the links that stand in them; those of a deleted one are none. */
async function usesIn(
  tx: Tx,
  community: CommunityId,
  messageIds: readonly string[],
): Promise<{ posts: string[]; uses: Use[] }> {
  const found = await sql<{ topic: number; number: number; text: string }>`
    select p.topic, p.number, case when p.html = '' then '' else coalesce(w.text, '') end as text from hub_posts p
    left join messages w on w.community_id = p.community_id and w.id = p.message_id
    where p.community_id = ${community} and p.message_id = any(${[...messageIds]}::uuid[])`.execute(tx);
  const uses = found.rows.flatMap(({ topic, number, text }) =>
    bareLinks(typedText(text, number)).map((address, place) => ({
      topic,
      number,
      place,
      hash: hashOf(address),
      address,
    })),
  );
  return { posts: found.rows.map(({ topic, number }) => `${topic} ${number}`), uses };
}

/** Forgets links that no post shows any more. */
async function forgetUnused(tx: Db | Tx, community: CommunityId): Promise<void> {
  await sql`
    delete from hub_links l where l.community_id = ${community} and not exists (select from hub_link_uses u
      where u.community_id = l.community_id and u.address_hash = l.address_hash)`.execute(tx);
}

/** Notes which links these posts show as they stand now; what no post shows any more is forgotten. Safe to repeat. */
export async function noteLinks(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  const { posts, uses } = await usesIn(tx, community, messageIds);
  const gone = await sql`
    delete from hub_link_uses where community_id = ${community} and topic || ' ' || number = any(${posts}::text[])
      and topic = any(${posts.map((post) => Number(post.split(" ")[0]))}::int[])`.execute(tx);
  if (uses.length > 0) {
    const hashes = uses.map((use) => use.hash);
    await sql`
      insert into hub_links (community_id, address_hash, address, state, due_at)
      select distinct ${community}::uuid, decode(hash, 'hex'), address, 'waiting', now()
      from unnest(${hashes}::text[], ${uses.map(({ address }) => address)}::text[]) as l (hash, address)
      on conflict do nothing`.execute(tx);
    await sql`
      insert into hub_link_uses (community_id, topic, number, place, address_hash)
      select ${community}, topic, number, place, decode(hash, 'hex')
      from unnest(${uses.map(({ topic }) => topic)}::int[], ${uses.map(({ number }) => number)}::int[],
        ${uses.map(({ place }) => place)}::int[], ${hashes}::text[]) as u (topic, number, place, hash)
      on conflict do nothing`.execute(tx);
  }
  if (Number(gone.numAffectedRows ?? 0n) === 0) return;
  await forgetUnused(tx, community);
  await touchTopics(tx, community, [...new Set(posts.map((post) => Number(post.split(" ")[0])))]);
}

async function touchTopics(tx: Tx, community: CommunityId, numbers: readonly number[]): Promise<void> {
  await sql`
    update hub_topics t set version = t.version + 1
    from (select number from hub_topics where community_id = ${community} and number = any(${[...numbers]}::int[])
      order by number for update) held
    where t.community_id = ${community} and t.number = held.number`.execute(tx);
}

/** What erased people and old posts showed goes as their words did. */
export async function forgetEmptied(tx: Tx, community: CommunityId): Promise<void> {
  await sql`
    delete from hub_link_uses u using hub_posts p where u.community_id = ${community} and p.community_id = u.community_id
      and p.topic = u.topic and p.number = u.number and p.html = ''`.execute(tx);
  await forgetUnused(tx, community);
}

/** A link about to be looked at. */
export interface DueLink {
  readonly community: string;
  readonly slug: string;
  readonly hash: string;
  readonly address: string;
  /** With this one. */
  readonly tries: number;
}

/** Takes links that are due in hubs that show them, so that nobody else looks at them for ten minutes. */
export async function takeDue(db: Db, ask: { now: number; limit: number }): Promise<DueLink[]> {
  const found = await sql<DueLink>`
    update hub_links l set due_at = ${new Date(ask.now + 600_000)}::timestamptz, tries = l.tries + 1
    from (select d.community_id, d.address_hash, c.slug from hub_links d
      join hubs h on h.community_id = d.community_id and h.is_open and h.shows_links
      join communities c on c.id = d.community_id and c.deleted_at is null and not c.is_sample
      where d.due_at <= ${new Date(ask.now)} order by d.due_at limit ${ask.limit} for update of d skip locked) due
    where l.community_id = due.community_id and l.address_hash = due.address_hash
    returning l.community_id as community, due.slug, encode(l.address_hash, 'hex') as hash, l.address, l.tries`.execute(
    db,
  );
  return found.rows;
}

/** Whether a community that shows links has some that nobody has looked at yet. `now` in milliseconds since 1970 UTC. */
export async function hasNewLinks(db: Db, community: CommunityId, now: number): Promise<boolean> {
  const found = await sql`
    select from hub_links l join hubs h on h.community_id = l.community_id and h.is_open and h.shows_links
    where l.community_id = ${community} and l.tries = 0 and l.state = 'waiting' and l.due_at <= ${new Date(now)}
    limit 1`.execute(db);
  return found.rows.length > 0;
}

/** What was found behind a link: a page, a topic of the hub itself, or nothing to show. */
export type LinkFound =
  | ({ readonly kind: "page" } & PageFacts)
  | { readonly kind: "topic"; readonly topic: number }
  | { readonly kind: "nothing" };

/** Keeps what was found until `until` (milliseconds since 1970 UTC), and has every page that shows the link made anew. */
export async function settleLink(
  tx: Tx,
  community: CommunityId,
  settled: { hash: string; found: LinkFound; until: number },
): Promise<void> {
  const { hash: key, found, until } = settled;
  const { title, about, site } = found.kind === "page" ? found : { title: "", about: "", site: "" };
  const state = found.kind === "nothing" ? "nothing" : "found";
  const topic = found.kind === "topic" ? found.topic : null;
  const shown = await sql<{ topic: number }>`select distinct topic from hub_link_uses
    where community_id = ${community} and address_hash = decode(${key}, 'hex')`.execute(tx);
  await touchTopics(
    tx,
    community,
    shown.rows.map((row) => row.topic),
  );
  await sql`
    update hub_links set state = ${state}, topic = ${topic}, title = ${title}, about = ${about}, site = ${site}, tries = 0,
      due_at = ${new Date(until)}
    where community_id = ${community} and address_hash = decode(${key}, 'hex')`.execute(tx);
}

/** Has a link looked at again at an instant, in milliseconds since 1970 UTC; what was found before stays. */
export async function putOff(db: Db, community: CommunityId, link: { hash: string; until: number }): Promise<void> {
  await sql`
    update hub_links set due_at = ${new Date(link.until)} where community_id = ${community}
      and address_hash = decode(${link.hash}, 'hex')`.execute(db);
}
