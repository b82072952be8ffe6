import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";

/** An account and a board. */
export interface BoardReader {
  readonly boardId: string;
  readonly accountId: string;
}

/** Notes whether somebody wants to hear of new topics in a board. */
export async function followBoard(
  tx: Tx,
  community: CommunityId,
  { boardId, accountId, isOn }: BoardReader & { isOn: boolean },
): Promise<void> {
  const row = sql`${community}, ${boardId}, ${accountId}`;
  await (
    isOn
      ? sql`insert into hub_followed_boards (community_id, board_id, account_id) values (${row}) on conflict do nothing`
      : sql`delete from hub_followed_boards where (community_id, board_id, account_id) = (${row})`
  ).execute(tx);
}

/** Whether somebody does. */
export async function followsBoard(
  tx: Db | Tx,
  community: CommunityId,
  { boardId, accountId }: BoardReader,
): Promise<boolean> {
  const found = await sql`
    select from hub_followed_boards where community_id = ${community} and board_id = ${boardId}
      and account_id = ${accountId}`.execute(tx);
  return found.rows.length > 0;
}
