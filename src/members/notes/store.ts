import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { partsOf } from "../store/parts.ts";

/** A note as stored; instants in milliseconds since 1970 UTC. */
export interface StoredNote {
  readonly id: string;
  readonly text: string;
  readonly writtenAt: number;
  readonly writtenBy: string | null;
  readonly writtenByName: string;
  readonly editedAt: number | null;
}

const COLUMNS = sql`id, text, (extract(epoch from written_at) * 1000)::float8 as "writtenAt", written_by as "writtenBy",
  written_by_name as "writtenByName", (extract(epoch from edited_at) * 1000)::float8 as "editedAt"`;

/** The notes about a person that are not deleted, newest first, older than the one with this id. */
export async function readNotes(
  tx: Tx,
  community: CommunityId,
  { memberId, before, limit }: { memberId: string; before: string | undefined; limit: number },
): Promise<StoredNote[]> {
  // Ids are made in the order of time.
  const found = await sql<StoredNote>`
    select ${COLUMNS} from member_notes
    where community_id = ${community} and member_id in ${partsOf(community, memberId)} and deleted_at is null
      and id < ${before ?? "ffffffff-ffff-ffff-ffff-ffffffffffff"}
    order by id desc limit ${limit}`.execute(tx);
  return found.rows;
}

/** Stores a note. */
export async function insertNote(
  tx: Tx,
  community: CommunityId,
  note: { id: string; memberId: string; text: string; by: { id: string; name: string }; now: number },
): Promise<StoredNote | undefined> {
  const made = await sql<StoredNote>`
    insert into member_notes (community_id, id, member_id, text, written_at, written_by, written_by_name)
    values (${community}, ${note.id}, ${note.memberId}, ${note.text}, to_timestamp(${note.now / 1000}), ${note.by.id},
      ${note.by.name})
    returning ${COLUMNS}`.execute(tx);
  return made.rows[0];
}

/** One note, deleted or not, locked until the transaction ends. */
export async function lockNote(
  tx: Tx,
  community: CommunityId,
  id: string,
): Promise<(StoredNote & { readonly isDeleted: boolean }) | undefined> {
  const found = await sql<StoredNote & { isDeleted: boolean }>`
    select ${COLUMNS}, deleted_at is not null as "isDeleted" from member_notes
    where community_id = ${community} and id = ${id} for update`.execute(tx);
  return found.rows[0];
}

/** Gives a note another text. */
export async function rewriteNote(
  tx: Tx,
  community: CommunityId,
  { id, text, now }: { id: string; text: string; now: number },
): Promise<StoredNote | undefined> {
  const done = await sql<StoredNote>`
    update member_notes set text = ${text}, edited_at = to_timestamp(${now / 1000})
    where community_id = ${community} and id = ${id} returning ${COLUMNS}`.execute(tx);
  return done.rows[0];
}

/** Deletes a note at an instant, or brings it back. */
export async function markDeleted(
  tx: Tx,
  community: CommunityId,
  { id, at }: { id: string; at: number | undefined },
): Promise<void> {
  await sql`
    update member_notes set deleted_at = ${at === undefined ? sql`null` : sql`to_timestamp(${at / 1000})`}
    where community_id = ${community} and id = ${id}`.execute(tx);
}
