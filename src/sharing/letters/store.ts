import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { Locale } from "#src/base/locale.ts";
import { newId } from "#src/base/ids.ts";
import type { Rhythm } from "../model.ts";

/** A letter that comes again, as its row holds it. */
export interface LetterRow extends Rhythm {
  readonly id: string;
  readonly communityId: string;
  readonly language: Locale;
  readonly spaces: string[];
  readonly showsNames: boolean;
  readonly paused: boolean;
  readonly createdByName: string;
  readonly nextAt: Date;
  readonly sentAt: Date | null;
  readonly failure: string | null;
  readonly failedAt: Date | null;
}

const columns = sql`
  id, community_id as "communityId", every, day, hour, time_zone as "timeZone", language, spaces,
  shows_names as "showsNames", paused, created_by_name as "createdByName", next_at as "nextAt", sent_at as "sentAt",
  failure, failed_at as "failedAt"`;

/** What of a letter can be changed. `nextAt` in milliseconds since 1970 UTC. */
export interface LetterSettings extends Rhythm {
  readonly language: Locale;
  readonly spaces: readonly string[];
  readonly showsNames: boolean;
  readonly paused: boolean;
  readonly nextAt: number;
}

/** Keeps a new letter, or new settings of a known one; a failure is forgotten with the settings it was about. */
export async function saveLetter(
  tx: Tx,
  community: CommunityId,
  letter: LetterSettings & { readonly id: string; readonly createdByName: string; readonly now: number },
): Promise<void> {
  const { every, day, hour, timeZone, language, spaces, showsNames, paused } = letter;
  await sql`
    insert into audit_letters (community_id, id, every, day, hour, time_zone, language, spaces, shows_names, paused,
      created_by_name, created_at, next_at)
    values (${community}, ${letter.id}, ${every}, ${day}, ${hour}, ${timeZone}, ${language}, ${[...spaces]}::uuid[],
      ${showsNames}, ${paused}, ${letter.createdByName}, ${new Date(letter.now)}, ${new Date(letter.nextAt)})
    on conflict (community_id, id) do update set every = excluded.every, day = excluded.day, hour = excluded.hour,
      time_zone = excluded.time_zone, language = excluded.language, spaces = excluded.spaces,
      shows_names = excluded.shows_names, paused = excluded.paused, next_at = excluded.next_at,
      failure = null, failed_at = null`.execute(tx);
}

/** Makes these addresses the readers of a letter. Who is among them already stays as they are, also if they want it no more. */
export async function saveReaders(
  tx: Tx,
  community: CommunityId,
  letter: { id: string; readers: readonly string[]; now: number },
): Promise<void> {
  const emails = [...new Set(letter.readers)];
  await sql`
    delete from audit_letter_readers
    where community_id = ${community} and letter_id = ${letter.id} and email <> all(${emails}::text[])`.execute(tx);
  const ids = emails.map(() => newId(letter.now));
  await sql`
    insert into audit_letter_readers (community_id, id, letter_id, email)
    select ${community}, n.id, ${letter.id}, n.email from unnest(${ids}::uuid[], ${emails}::text[]) n (id, email)
    on conflict (community_id, letter_id, email) do nothing`.execute(tx);
}

/** The letters of a community, the newest first. There are few. */
export async function lettersOf(tx: Tx | Db, community: CommunityId): Promise<LetterRow[]> {
  const found = await sql<LetterRow>`
    select ${columns} from audit_letters where community_id = ${community} order by id desc`.execute(tx);
  return found.rows;
}

export async function letterById(tx: Tx | Db, community: CommunityId, id: string): Promise<LetterRow | undefined> {
  const found = await sql<LetterRow>`
    select ${columns} from audit_letters where community_id = ${community} and id = ${id}`.execute(tx);
  return found.rows[0];
}

/** Deletes a letter with its readers; false when there is none. */
export async function dropLetter(tx: Tx, community: CommunityId, id: string): Promise<boolean> {
  const gone = await sql`
    delete from audit_letters where community_id = ${community} and id = ${id} returning 1`.execute(tx);
  return gone.rows.length > 0;
}

/** Letters whose time has come, in all communities that are not deleted. */
export async function dueLetters(db: Db, now: number): Promise<LetterRow[]> {
  const found = await sql<LetterRow>`
    select ${columns} from audit_letters l where not paused and next_at <= ${new Date(now)}
      and exists (select from communities c where c.id = l.community_id and c.deleted_at is null)
    order by next_at`.execute(db);
  return found.rows;
}

/**
 * Moves a letter on to its next time; false when somebody else did so since it was read. A time that was set in the database
 * itself (`now()`) has microseconds, and none is left of them in what was read.
 */
export async function moveOn(
  tx: Tx,
  letter: LetterRow,
  to: { nextAt: number; sentAt?: number; failure?: string; now: number },
): Promise<boolean> {
  const { failure = null, sentAt } = to;
  const moved = await sql`
    update audit_letters set next_at = ${new Date(to.nextAt)},
      sent_at = coalesce(${sentAt === undefined ? null : new Date(sentAt)}::timestamptz, sent_at),
      failure = ${failure}, failed_at = ${failure === null ? null : new Date(to.now)}::timestamptz
    where community_id = ${letter.communityId} and id = ${letter.id} and not paused
      and date_trunc('milliseconds', next_at) = ${letter.nextAt} returning 1`.execute(tx);
  return moved.rows.length > 0;
}

/** Somebody who gets a letter. */
export interface ReaderRow {
  readonly id: string;
  readonly letterId: string;
  readonly email: string;
  readonly stoppedAt: Date | null;
  readonly postId: string | null;
}

const readerColumns = sql`id, letter_id as "letterId", email, stopped_at as "stoppedAt", post_id as "postId"`;

export async function readersOf(tx: Tx | Db, community: CommunityId, letters: readonly string[]): Promise<ReaderRow[]> {
  const found = await sql<ReaderRow>`
    select ${readerColumns} from audit_letter_readers
    where community_id = ${community} and letter_id = any(${[...letters]}::uuid[]) order by email`.execute(tx);
  return found.rows;
}

export async function readerById(db: Db, community: CommunityId, id: string): Promise<ReaderRow | undefined> {
  const found = await sql<ReaderRow>`
    select ${readerColumns} from audit_letter_readers where community_id = ${community} and id = ${id}`.execute(db);
  return found.rows[0];
}

/** Notes which letter went to a reader last. */
export async function notePost(
  tx: Tx,
  community: CommunityId,
  { reader, post }: { reader: string; post: string },
): Promise<void> {
  await sql`
    update audit_letter_readers set post_id = ${post} where community_id = ${community} and id = ${reader}`.execute(tx);
}

/**
 * Notes whether a reader wants the letter; `stoppedAt` in milliseconds since 1970 UTC, undefined: they do. Who has stopped
 * it before has done so since then.
 */
export async function noteWish(
  tx: Tx,
  community: CommunityId,
  wish: { reader: string; stoppedAt: number | undefined },
): Promise<void> {
  const at = wish.stoppedAt === undefined ? null : new Date(wish.stoppedAt);
  await sql`
    update audit_letter_readers set stopped_at = case when ${at}::timestamptz is not null then coalesce(stopped_at, ${at}) end
    where community_id = ${community} and id = ${wish.reader}`.execute(tx);
}
