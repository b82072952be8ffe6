import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Board } from "../model.ts";

const columns = sql`b.id, b.key, s.name, b.about, b.access, array(select g.group_id from hub_board_groups g
    where g.community_id = b.community_id and g.board_id = b.id order by g.group_id) as "groupIds", b.position,
  b.archived_at is not null as "isArchived"`;
const tables = sql`hub_boards b join spaces s on s.community_id = b.community_id and s.id = b.id`;

/** Every board of a hub in its order, archived ones too. */
export async function boardsOf(tx: Tx, community: CommunityId): Promise<Board[]> {
  const found = await sql<Board>`
    select ${columns} from ${tables} where b.community_id = ${community} order by b.position, b.key`.execute(tx);
  return found.rows;
}

/** A board to be; its space is there already and has the same id. */
export type NewBoard = Pick<Board, "id" | "key" | "about" | "access" | "groupIds">;

/** Puts a board behind the others. */
export async function addBoard(tx: Tx, community: CommunityId, board: NewBoard): Promise<void> {
  await sql`
    insert into hub_boards (community_id, id, key, about, access, position)
    select ${community}, ${board.id}, ${board.key}, ${board.about}, ${board.access},
      coalesce(max(position), 0) + 1 from hub_boards where community_id = ${community}`.execute(tx);
  await writeGroups(tx, community, board);
}

async function writeGroups(
  tx: Tx,
  community: CommunityId,
  { id, access, groupIds }: Pick<Board, "id" | "access" | "groupIds">,
): Promise<void> {
  const wanted = access === "groups" ? [...groupIds] : [];
  await sql`
    delete from hub_board_groups where community_id = ${community} and board_id = ${id}
      and group_id <> all(${wanted}::uuid[])`.execute(tx);
  await sql`
    insert into hub_board_groups (community_id, board_id, group_id)
    select ${community}, ${id}, each from unnest(${wanted}::uuid[]) each on conflict do nothing`.execute(tx);
}

/** Writes what can change of a board besides its name. `archivedAt` in milliseconds since 1970 UTC. */
export async function writeBoard(
  tx: Tx,
  community: CommunityId,
  board: Pick<Board, "id" | "about" | "access" | "groupIds" | "position"> & { archivedAt: number | undefined },
): Promise<void> {
  const archivedAt = board.archivedAt === undefined ? null : new Date(board.archivedAt);
  await sql`
    update hub_boards set about = ${board.about}, access = ${board.access},
      position = ${board.position}, archived_at = ${archivedAt}
    where community_id = ${community} and id = ${board.id}`.execute(tx);
  await writeGroups(tx, community, board);
}

/** Holds the list of boards until the transaction ends, so that two who arrange it do not undo each other. */
export async function holdBoards(tx: Tx, community: CommunityId): Promise<void> {
  await sql`select 1 from hubs where community_id = ${community} for update`.execute(tx);
}

/** The id of a space of the hub; undefined before the intake has made it. */
export async function spaceId(tx: Tx, community: CommunityId, externalId: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`
    select id from spaces where community_id = ${community} and platform = 'hub' and external_id = ${externalId}`.execute(
    tx,
  );
  return found.rows[0]?.id;
}
