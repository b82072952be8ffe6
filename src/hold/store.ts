import { sql } from "kysely";
import type { Db } from "#src/base/database.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The communities that are named in what jobs were sent with; anything that is no community's id is passed over. */
export async function communitiesById(
  db: Db,
  ids: readonly unknown[],
): Promise<ReadonlyMap<unknown, { slug: string; name: string }>> {
  const known = ids.filter((id): id is string => typeof id === "string" && UUID.test(id));
  if (known.length === 0) return new Map();
  const found = await sql<{ id: string; slug: string; name: string }>`
    select id, slug, name from communities where id = any(${known}::uuid[])`.execute(db);
  return new Map(found.rows.map(({ id, slug, name }) => [id, { slug, name }]));
}
