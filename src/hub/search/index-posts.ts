import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { indexedText, slipsOf } from "./words.ts";

/** A post as search takes it in. */
export interface SearchablePost {
  readonly messageId: string;
  readonly topic: number;
  readonly number: number;
  readonly memberId: string;
  /** Of a topic's first post, which is found by it before all others. */
  readonly title: string | undefined;
  /** Of the topic; every post of it carries them. */
  readonly tags: readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly sentAt: number;
  /** The words without markup. */
  readonly plain: string;
}

/** Latin words are stemmed as English and Cyrillic ones as Russian by this configuration, which every PostgreSQL has. */
export const STEMMING = sql.lit("russian");

async function dropUnusedWords(tx: Tx, community: CommunityId, words: readonly string[]): Promise<void> {
  if (words.length === 0) return;
  await sql`
    delete from hub_vocabulary v where v.community_id = ${community} and v.word = any(${words}::text[])
      and not exists (select from hub_search s where s.community_id = ${community}
        and s.words @@ quote_literal(v.word)::tsquery)`.execute(tx);
}

async function takeOut(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<string[]> {
  const gone = await sql<{ word: string }>`
    with gone as (
      delete from hub_search where community_id = ${community} and message_id = any(${messageIds}::uuid[]) returning words)
    select distinct unnest(tsvector_to_array(words)) as word from gone`.execute(tx);
  return gone.rows.map(({ word }) => word);
}

async function wordsHeld(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<Set<string>> {
  const held = await sql<{ word: string }>`
    select distinct unnest(tsvector_to_array(words)) as word from hub_search
    where community_id = ${community} and message_id = any(${messageIds}::uuid[])`.execute(tx);
  return new Set(held.rows.map(({ word }) => word));
}

async function learnWords(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<void> {
  const fresh = await sql<{ word: string }>`
    insert into hub_vocabulary (community_id, word)
    select distinct ${community}::uuid, unnest(tsvector_to_array(words)) from hub_search
    where community_id = ${community} and message_id = any(${messageIds}::uuid[])
    order by 2 on conflict do nothing returning word`.execute(tx);
  const slips = fresh.rows.flatMap(({ word }) => slipsOf(word).map((form) => ({ form, word })));
  if (slips.length === 0) return;
  await sql`
    insert into hub_slips (community_id, form, word)
    select ${community}, form, word from unnest(${slips.map(({ form }) => form)}::text[],
      ${slips.map(({ word }) => word)}::text[]) as s (form, word) on conflict do nothing`.execute(tx);
}

/** Puts posts into the index, or puts them in anew as they are now, in a transaction of the owner. Safe to repeat. */
export async function indexPosts(tx: Tx, community: CommunityId, posts: readonly SearchablePost[]): Promise<void> {
  if (posts.length === 0) return;
  const ids = posts.map(({ messageId }) => messageId);
  const before = await takeOut(tx, community, ids);
  const rows = posts.map(({ title, tags, plain, sentAt, ...post }) => ({
    ...post,
    sentAt: new Date(sentAt).toISOString(),
    title: indexedText(title ?? ""),
    tagWords: indexedText(tags.join(" ")),
    plain: indexedText(plain),
  }));
  await sql`
    insert into hub_search
      (community_id, message_id, member_id, sent_at, words)
    select ${community}, p."messageId", p."memberId", p."sentAt",
      setweight(to_tsvector(${STEMMING}, p.title), 'A') || setweight(to_tsvector(${STEMMING}, p."tagWords"), 'B')
        || to_tsvector(${STEMMING}, p.plain)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p ("messageId" uuid, "memberId" uuid, "sentAt" timestamptz,
      title text, "tagWords" text, plain text)
    order by 2 on conflict do nothing`.execute(tx);
  await learnWords(tx, community, ids);
  if (before.length === 0) return;
  const held = await wordsHeld(tx, community, ids);
  await dropUnusedWords(
    tx,
    community,
    before.filter((word) => !held.has(word)),
  );
}

/** Takes posts out of the index, with every word that no other post holds. */
export async function forgetPosts(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await dropUnusedWords(tx, community, await takeOut(tx, community, messageIds));
}

/** Empties the index of a community, before it is made anew. */
export async function forgetIndex(tx: Tx, community: CommunityId): Promise<void> {
  await sql`delete from hub_search where community_id = ${community}`.execute(tx);
  await sql`delete from hub_slips where community_id = ${community}`.execute(tx);
  await sql`delete from hub_vocabulary where community_id = ${community}`.execute(tx);
}
