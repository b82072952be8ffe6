import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Board } from "../model.ts";

const columns = sql`b.id, b.key, s.name, b.about, b.access, b.tag_id as "tagId", b.position,
  b.archived_at is not null as "isArchived"`;
const tables = sql`hub_boards b join spaces s on s.community_id = b.community_id and s.id = b.id`;

/** Every board of a hub in its order, archived ones too. */
export async function boardsOf(tx: Tx, community: CommunityId): Promise<Board[]> {
  const found = await sql<Board>`
    select ${columns} from ${tables} where b.community_id = ${community} order by b.position, b.key`.execute(tx);
  return found.rows;
}

/** A board to be; its space is there already and has the same id. */
export type NewBoard = Pick<Board, "id" | "key" | "about" | "access" | "tagId">;

/** Puts a board behind the others. */
export async function addBoard(tx: Tx, community: CommunityId, board: NewBoard): Promise<void> {
  await sql`
    insert into hub_boards (community_id, id, key, about, access, tag_id, position)
    select ${community}, ${board.id}, ${board.key}, ${board.about}, ${board.access}, ${board.tagId},
      coalesce(max(position), 0) + 1 from hub_boards where community_id = ${community}`.execute(tx);
}

/** Writes what can change of a board besides its name. `archivedAt` in milliseconds since 1970 UTC. */
export async function writeBoard(
  tx: Tx,
  community: CommunityId,
  board: Pick<Board, "id" | "about" | "access" | "tagId" | "position"> & { archivedAt: number | undefined },
): Promise<void> {
  const archivedAt = board.archivedAt === undefined ? null : new Date(board.archivedAt);
  await sql`
    update hub_boards set about = ${board.about}, access = ${board.access}, tag_id = ${board.tagId},
      position = ${board.position}, archived_at = ${archivedAt}
    where community_id = ${community} and id = ${board.id}`.execute(tx);
}

/** Holds the list of boards until the transaction ends, so that two who arrange it do not undo each other. */
export async function holdBoards(tx: Tx, community: CommunityId): Promise<void> {
  await sql`select 1 from hubs where community_id = ${community} for update`.execute(tx);
}

/** Whether the team has a tag of this id. */
export async function isTag(tx: Tx, community: CommunityId, id: string): Promise<boolean> {
  const found = await sql`select from member_tags where community_id = ${community} and id = ${id}`.execute(tx);
  return found.rows.length > 0;
}

/** The names of these tags of the team's, in order. */
export async function tagNames(
  tx: Tx,
  community: CommunityId,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from member_tags where community_id = ${community} and id = any(${[...ids]}::uuid[])
    order by name`.execute(tx);
  return found.rows;
}

/** The id of a space of the hub; undefined before the intake has made it. */
export async function spaceId(tx: Tx, community: CommunityId, externalId: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`
    select id from spaces where community_id = ${community} and platform = 'hub' and external_id = ${externalId}`.execute(
    tx,
  );
  return found.rows[0]?.id;
}
