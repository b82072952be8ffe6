import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";

/** The sample community of this install, if there is one; a deleted one only waits to be erased. */
export async function findSample(db: Db): Promise<{ id: string; slug: string; isDeleted: boolean } | undefined> {
  const found = await sql<{ id: string; slug: string; isDeleted: boolean }>`
    select id, slug, deleted_at is not null as "isDeleted" from communities where is_sample
    order by created_at limit 1`.execute(db);
  return found.rows[0];
}

/** The ids of members by their accounts' ids on a platform. */
export async function membersByAccount(tx: Tx, community: CommunityId, accounts: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct member_id as id from identities
    where community_id = ${community} and external_id = any(${[...accounts]})`.execute(tx);
  return found.rows.map((row) => row.id);
}
