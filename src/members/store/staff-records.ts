import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

/** Removes for good the notes about these members, deleted ones too, and the tags they bear. */
export async function dropStaffRecords(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<void> {
  const ids = [...memberIds];
  await sql`delete from member_notes where community_id = ${community} and member_id = any(${ids}::uuid[])`.execute(tx);
  await sql`delete from tagged_members where community_id = ${community} and member_id = any(${ids}::uuid[])`.execute(
    tx,
  );
}

/** Removes for good what was deleted before an instant, in milliseconds since 1970 UTC: nobody wants it back any more. */
export async function purgeDeleted(tx: Tx, community: CommunityId, before: number): Promise<void> {
  await sql`
    delete from tagged_members where community_id = ${community} and tag_id in (select id from member_tags
      where community_id = ${community} and deleted_at < to_timestamp(${before / 1000}))`.execute(tx);
  for (const table of ["member_notes", "member_tags", "segments"])
    await sql`
      delete from ${sql.table(table)} where community_id = ${community}
        and deleted_at < to_timestamp(${before / 1000})`.execute(tx);
}
