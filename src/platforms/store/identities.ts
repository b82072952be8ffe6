import { sql } from "kysely";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import type { ErasedPeople } from "../erasure.ts";
import type { IncomingAuthor } from "../model.ts";
import type { SpacePlace } from "./spaces.ts";

/** What was found and made for a list of authors. */
export interface KnownAuthors {
  /** The person behind each account, by its id on the platform. */
  readonly memberIds: ReadonlyMap<string, string>;
  readonly made: number;
}

/** Where authors are looked for, and who of them must not come back. */
export interface AuthorPlace extends SpacePlace {
  readonly erased: ErasedPeople | undefined;
}

/** The nameless people to whom accounts belonged that were erased. */
function findErased({ erased }: AuthorPlace, authors: readonly IncomingAuthor[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { externalId } of erased === undefined ? [] : authors) {
    const memberId = erased?.memberOf(externalId);
    if (memberId !== undefined) found.set(externalId, memberId);
  }
  return found;
}

async function findMembers(tx: Tx, place: SpacePlace, externalIds: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ externalId: string; memberId: string }>`
    select external_id as "externalId", member_id as "memberId" from identities where community_id = ${place.community}
      and platform = ${place.platform} and external_id = any(${[...externalIds]})`.execute(tx);
  return new Map(found.rows.map((row) => [row.externalId, row.memberId]));
}

async function makeMembers(
  tx: Tx,
  place: SpacePlace,
  authors: readonly IncomingAuthor[],
): Promise<Map<string, string>> {
  const memberIds = authors.map(() => newId(place.now));
  const names = authors.map((author) => author.name ?? "");
  const now = place.now / 1000;
  await sql`
    insert into members (community_id, id, name, is_staff, is_bot, created_at)
    select ${place.community}, m.id, m.name, m.is_staff, m.is_bot, to_timestamp(${now})
    from unnest(${memberIds}::uuid[], ${names}::text[], ${authors.map((author) => author.kind === "channel")}::bool[],
      ${authors.map((author) => author.kind === "bot")}::bool[]) m (id, name, is_staff, is_bot)`.execute(tx);
  const made = await sql<{ externalId: string; memberId: string }>`
    insert into identities (community_id, id, member_id, platform, external_id, name, username, created_at)
    select ${place.community}, i.id, i.member_id, ${place.platform}, i.external_id, i.name, i.username, to_timestamp(${now})
    from unnest(${authors.map(() => newId(place.now))}::uuid[], ${memberIds}::uuid[], ${authors.map((author) => author.externalId)}::text[],
      ${names}::text[], ${authors.map((author) => author.username ?? null)}::text[]) i (id, member_id, external_id, name, username)
    on conflict (community_id, platform, external_id) do nothing
    returning external_id as "externalId", member_id as "memberId"`.execute(tx);
  const mine = new Map(made.rows.map((row) => [row.externalId, row.memberId]));
  const surplus = memberIds.filter((_, i) => !mine.has(authors[i]?.externalId ?? ""));
  if (surplus.length > 0) {
    // Somebody else made the same account between our look and our insert; the person we made for it is nobody.
    await sql`delete from members where community_id = ${place.community} and id = any(${surplus}::uuid[])`.execute(tx);
  }
  return mine;
}

/**
 * The people behind these accounts; an account that is not known yet gets a person of its own. Authors are made in
 * order of their external id, so that two writers with the same newcomers do not deadlock.
 */
export async function ensureMembers(
  tx: Tx,
  place: AuthorPlace,
  authors: readonly IncomingAuthor[],
): Promise<KnownAuthors> {
  if (authors.length === 0) return { memberIds: new Map(), made: 0 };
  const standing = await findMembers(
    tx,
    place,
    authors.map((author) => author.externalId),
  );
  const found = new Map([...standing, ...findErased(place, authors)]);
  const strangers = authors
    .filter((author) => !found.has(author.externalId))
    .toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1));
  if (strangers.length === 0) return { memberIds: found, made: 0 };
  const made = await makeMembers(tx, place, strangers);
  const lost = strangers.filter((author) => !made.has(author.externalId)).map((author) => author.externalId);
  const late = lost.length > 0 ? await findMembers(tx, place, lost) : new Map<string, string>();
  return { memberIds: new Map([...found, ...made, ...late]), made: made.size };
}

/** Writes an account's names; the person's as well, if it was the account's until now. False when nothing is new, or nobody has the account. */
export async function renameIdentity(tx: Tx, place: SpacePlace, author: IncomingAuthor): Promise<boolean> {
  const { community, platform } = place;
  const found = await sql<{ memberId: string; name: string; username: string | null }>`
    select member_id as "memberId", name, username from identities where community_id = ${community}
      and platform = ${platform} and external_id = ${author.externalId} for update`.execute(tx);
  const [before] = found.rows;
  const [name, username] = [author.name ?? "", author.username ?? null];
  if (before === undefined || (before.name === name && before.username === username)) return false;
  await sql`
    update identities set name = ${name}, username = ${username} where community_id = ${community}
      and platform = ${platform} and external_id = ${author.externalId}`.execute(tx);
  await sql`
    update members set name = ${name} where community_id = ${community} and id = ${before.memberId}
      and name = ${before.name}`.execute(tx);
  return true;
}
