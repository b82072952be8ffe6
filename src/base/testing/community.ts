import { sql } from "kysely";
import { provenCommunity, type CommunityId } from "../community-id.ts";
import type { Databases } from "../database.ts";
import { newId } from "../ids.ts";

/** A community with nothing in it. */
export async function emptyCommunity(databases: Databases, timeZone = "UTC"): Promise<CommunityId> {
  const id = newId(Date.now());
  await sql`
    insert into communities (id, slug, name, language, time_zone, created_at)
    values (${id}, ${`camp-${id.slice(-12)}`}, 'Camp', 'en', ${timeZone}, now())`.execute(databases.owner);
  await sql`insert into log_heads (community_id) values (${id})`.execute(databases.owner);
  return provenCommunity(id);
}
