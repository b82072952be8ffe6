import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { PictureFormat } from "../uploads/picture.ts";

/** What a file is there for: whoever may read the post, the hub, or nobody in particular, may open it; `away` is a face that nobody sees. */
export type FilePurpose = "post" | "avatar" | "away" | "logo";

/** A file as the hub keeps it. */
export interface HubFile {
  readonly id: string;
  /** Whoever brought it; null for the community's logo. */
  readonly memberId: string | null;
  readonly purpose: FilePurpose;
  readonly name: string;
  readonly type: PictureFormat | "file";
  /** In bytes. */
  readonly size: number;
  /** In pixels; null for files. */
  readonly width: number | null;
  readonly height: number | null;
}

/** Rows of a table with bytes are read whole: pieces of this size cost little memory, and a file of 20 MB is eighty rows. */
const PIECE_BYTES = 256 * 1024;

const columns = sql`f.id, f.member_id as "memberId", f.purpose, f.name, f.type, f.size, f.width, f.height`;

/** Stores a file: for a post one that nothing shows yet. `at` in milliseconds since 1970 UTC. */
export async function addFile(
  tx: Tx,
  community: CommunityId,
  { file, bytes, at }: { file: HubFile; bytes: Buffer; at: number },
): Promise<void> {
  const { id, memberId, purpose, name, type, size, width, height } = file;
  await sql`
    insert into hub_files (community_id, id, member_id, purpose, name, type, size, width, height, made_at, unused_since)
    values (${community}, ${id}, ${memberId}, ${purpose}, ${name}, ${type}, ${size}, ${width}, ${height}, ${new Date(at)},
      ${purpose === "post" ? new Date(at) : null})`.execute(tx);
  for (let number = 0; number * PIECE_BYTES < bytes.length; number += 1) {
    const piece = bytes.subarray(number * PIECE_BYTES, (number + 1) * PIECE_BYTES);
    await sql`
      insert into hub_file_pieces (community_id, file_id, number, bytes)
      values (${community}, ${id}, ${number}, ${piece})`.execute(tx);
  }
}

/** How many bytes somebody keeps here, and how many everybody does. */
export async function keptBytes(
  tx: Tx,
  community: CommunityId,
  memberId: string | null,
): Promise<{ theirs: number; all: number }> {
  const found = await sql<{ theirs: number; all: number }>`
    select coalesce(sum(size) filter (where member_id = ${memberId}), 0) as theirs, coalesce(sum(size), 0) as all
    from hub_files where community_id = ${community}`.execute(tx);
  return found.rows[0] ?? { theirs: 0, all: 0 };
}

/** A file with the boards in which a post that stands shows it. */
export interface PlacedFile extends HubFile {
  readonly boardIds: readonly string[];
}

/** A file with where it is shown; undefined when there is none of this id. */
export async function fileOf(tx: Tx, community: CommunityId, id: string): Promise<PlacedFile | undefined> {
  const found = await sql<PlacedFile>`
    select ${columns}, array(
      select distinct t.board_id from hub_file_uses u
      join hub_posts p on p.community_id = u.community_id and p.topic = u.topic and p.number = u.number
      join hub_topics t on t.community_id = u.community_id and t.number = u.topic
      where u.community_id = f.community_id and u.file_id = f.id and p.deleted_at is null and t.deleted_at is null
    ) as "boardIds"
    from hub_files f where f.community_id = ${community} and f.id = ${id}`.execute(tx);
  return found.rows[0];
}

/** One piece of a file's bytes, counted from 0; undefined behind the last. */
export async function pieceOf(
  tx: Tx,
  community: CommunityId,
  which: { id: string; number: number },
): Promise<Buffer | undefined> {
  const found = await sql<{ bytes: Buffer }>`
    select bytes from hub_file_pieces
    where community_id = ${community} and file_id = ${which.id} and number = ${which.number}`.execute(tx);
  return found.rows[0]?.bytes;
}

/** All bytes of a small file; undefined when there is none of this id. */
export async function bytesOfFile(tx: Tx, community: CommunityId, id: string): Promise<Buffer | undefined> {
  const found = await sql<{ bytes: Buffer | null }>`
    select string_agg(bytes, ''::bytea order by number) as bytes from hub_file_pieces
    where community_id = ${community} and file_id = ${id}`.execute(tx);
  return found.rows[0]?.bytes ?? undefined;
}

/** Whose post it is, and on which board it stands or will; undefined when that is not settled. */
export interface ShowingPost {
  readonly memberId: string;
  readonly boardId: string | undefined;
}

/** Of these files the pictures that a post may show: its author's own, and those that posts of its board show already. */
export async function picturesFor(
  tx: Db | Tx,
  community: CommunityId,
  { ids, memberId, boardId }: ShowingPost & { ids: readonly string[] },
): Promise<{ id: string; width: number; height: number }[]> {
  const found = await sql<{ id: string; width: number; height: number }>`
    select f.id, f.width, f.height from hub_files f
    where f.community_id = ${community} and f.id = any(${[...ids]}::uuid[]) and f.purpose = 'post' and f.type <> 'file'
      and (f.member_id = ${memberId} or exists (
        select from hub_file_uses u join hub_topics t on t.community_id = u.community_id and t.number = u.topic
        where u.community_id = f.community_id and u.file_id = f.id and t.board_id = ${boardId ?? null}))`.execute(tx);
  return found.rows;
}

/** A post that now shows these files, and no others. `at` in milliseconds since 1970 UTC. */
export interface FilesOfPost {
  readonly topic: number;
  readonly number: number;
  readonly memberId: string;
  readonly ids: readonly string[];
  readonly at: number;
}

/** Writes down which of their author's own files a post shows; what nothing shows any more is unused from now on. */
export async function writeUses(tx: Tx, community: CommunityId, post: FilesOfPost): Promise<void> {
  const ids = [...new Set(post.ids)];
  const gone = await sql<{ id: string }>`
    delete from hub_file_uses where community_id = ${community} and topic = ${post.topic} and number = ${post.number}
      and file_id <> all(${ids}::uuid[]) returning file_id as id`.execute(tx);
  await sql`
    insert into hub_file_uses (community_id, file_id, topic, number)
    select ${community}, id, ${post.topic}, ${post.number} from hub_files
    where community_id = ${community} and id = any(${ids}::uuid[]) and member_id = ${post.memberId} and purpose = 'post'
    on conflict do nothing`.execute(tx);
  const touched = [...ids, ...gone.rows.map(({ id }) => id)];
  await sql`
    update hub_files f set unused_since = case when exists (
      select from hub_file_uses u where u.community_id = f.community_id and u.file_id = f.id) then null
      else ${new Date(post.at)}::timestamptz end
    where f.community_id = ${community} and f.id = any(${touched}::uuid[]) and f.purpose = 'post'`.execute(tx);
}

/** Deletes the files that only these posts showed: those of a whole topic where no number is told. */
export async function dropFilesOf(
  tx: Tx,
  community: CommunityId,
  posts: readonly { topic: number; number?: number }[],
): Promise<void> {
  const gone = await sql<{ id: string }>`
    delete from hub_file_uses u using unnest(${posts.map(({ topic }) => topic)}::int[],
      ${posts.map(({ number }) => number ?? null)}::int[]) as p (topic, number)
    where u.community_id = ${community} and u.topic = p.topic and (p.number is null or u.number = p.number)
    returning u.file_id as id`.execute(tx);
  if (gone.rows.length === 0) return;
  await sql`
    delete from hub_files f where f.community_id = ${community} and f.id = any(${gone.rows.map(({ id }) => id)}::uuid[])
      and not exists (select from hub_file_uses u where u.community_id = f.community_id and u.file_id = f.id)`.execute(
    tx,
  );
}

/** Communities in which nothing has shown some file since before an instant, in milliseconds since 1970 UTC. */
export async function communitiesWithUnused(db: Db, before: number): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct community_id as id from hub_files where unused_since < ${new Date(before)}`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** Deletes at most `limit` files that nothing has shown since before an instant, with their bytes; returns how many. */
export async function dropUnused(
  tx: Tx,
  community: CommunityId,
  { before, limit }: { before: number; limit: number },
): Promise<number> {
  const gone = await sql`
    delete from hub_files where community_id = ${community} and unused_since < ${new Date(before)} and id = any(array(
      select id from hub_files where community_id = ${community} and unused_since < ${new Date(before)}
      limit ${limit}))`.execute(tx);
  return Number(gone.numAffectedRows ?? 0n);
}
