import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

/** A picture or file that somebody brought to the hub, with its bytes in base64; `madeAt` in ISO, UTC. */
export interface ArchivedFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly madeAt: string;
  readonly content: string;
}

/** The ids of what people brought to the hub, the oldest first. */
export async function archivedFileIds(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from hub_files where community_id = ${community} and member_id = any(${[...memberIds]}::uuid[])
    order by id`.execute(tx);
  return found.rows.map(({ id }) => id);
}

/** One of them; undefined when it is gone meanwhile. */
export async function archivedFile(tx: Tx, community: CommunityId, id: string): Promise<ArchivedFile | undefined> {
  const found = await sql<Omit<ArchivedFile, "content" | "madeAt"> & { madeAt: Date }>`
    select id, name, type, made_at as "madeAt" from hub_files
    where community_id = ${community} and id = ${id}`.execute(tx);
  const [file] = found.rows;
  if (file === undefined) return undefined;
  const pieces = await sql<{ bytes: Buffer }>`
    select bytes from hub_file_pieces where community_id = ${community} and file_id = ${id} order by number`.execute(
    tx,
  );
  const content = Buffer.concat(pieces.rows.map(({ bytes }) => bytes)).toString("base64");
  return { ...file, madeAt: file.madeAt.toISOString(), content };
}
