import { sql } from "kysely";
import type { Db } from "#src/base/database.ts";

/** Whoever appears in the record of who did what, by id. */
export interface ActorIds {
  readonly people: readonly string[];
  readonly keys: readonly string[];
}

/** What people of the team and keys are called now; whoever is gone is not in the answer. Read as owner. */
export async function actorNames(db: Db, { people, keys }: ActorIds): Promise<Map<string, string>> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from users where id = any(${[...people]}::uuid[])
    union all select id, name from api_keys where id = any(${[...keys]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.name]));
}
