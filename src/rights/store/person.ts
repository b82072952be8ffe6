import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";

/** About how many messages a community holds: counted by days, as the figures are. */
export async function countMessages(db: Db | Tx, community: CommunityId): Promise<number> {
  const found = await sql<{ messages: number }>`
    select coalesce(sum(messages), 0) as messages from member_totals where community_id = ${community}`.execute(db);
  return found.rows[0]?.messages ?? 0;
}
