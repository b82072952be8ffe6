import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

/** Noted in place of people when all of them have to be looked at. */
export const EVERYBODY = "00000000-0000-0000-0000-000000000000";

/** Notes that these people's cards may no longer show what is true of them; the list takes it up at its next renewal. */
export async function noteChanged(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<void> {
  await sql`
    insert into member_changes (community_id, member_id)
    select ${community}, id from unnest(${[...memberIds]}::uuid[]) n (id) order by id on conflict do nothing`.execute(
    tx,
  );
}
