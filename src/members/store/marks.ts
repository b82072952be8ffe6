import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Mark } from "../model.ts";
import { renewMarks } from "./cards.ts";

/** How somebody is marked. */
export interface Marked {
  readonly memberId: string;
  readonly isStaff: boolean;
  readonly isBot: boolean;
}

/** How these people are marked now; they are locked until the transaction ends. People who are not there are left out. */
export async function lockMarks(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<Marked[]> {
  const found = await sql<Marked>`
    select id as "memberId", is_staff as "isStaff", is_bot as "isBot" from members
    where community_id = ${community} and id = any(${[...memberIds]}::uuid[]) order by id for update`.execute(tx);
  return found.rows;
}

/** Gives people these marks, on their cards as well; a mark left out stays as it is. */
export async function writeMarks(tx: Tx, community: CommunityId, marks: readonly Mark[]): Promise<void> {
  const ids = marks.map((mark) => mark.memberId);
  await sql`
    update members m set is_staff = coalesce(w.is_staff, m.is_staff), is_bot = coalesce(w.is_bot, m.is_bot)
    from unnest(${ids}::uuid[], ${marks.map((mark) => mark.isStaff ?? null)}::bool[],
      ${marks.map((mark) => mark.isBot ?? null)}::bool[]) w (id, is_staff, is_bot)
    where m.community_id = ${community} and m.id = w.id`.execute(tx);
  await renewMarks(tx, community, ids);
}
