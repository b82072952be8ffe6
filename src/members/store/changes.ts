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

/** Notes everybody who came or went in these imports: when somebody was first seen depends on it. */
export async function noteMoved(tx: Tx, community: CommunityId, importIds: readonly string[]): Promise<void> {
  if (importIds.length === 0) return;
  await sql`
    insert into member_changes (community_id, member_id)
    select distinct ${community}::uuid, coalesce(p.person_id, v.member_id) from member_moves v
    left join member_parts p on p.community_id = v.community_id and p.member_id = v.member_id
    where v.community_id = ${community} and v.import_id = any(${[...importIds]}::uuid[]) and v.member_id is not null
    order by 2 on conflict do nothing`.execute(tx);
}
