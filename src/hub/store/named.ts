import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db } from "#src/base/database.ts";

/** Where a message of the hub stands that is named like on any platform, and whether it still stands there. */
export interface NamedPost {
  readonly topic: number;
  readonly number: number;
  readonly version: number;
  readonly isDeleted: boolean;
}

/** The post behind a space and a message's id in it; undefined when there never was one. */
export async function postByName(
  db: Db,
  community: CommunityId,
  { space, message }: { space: string; message: string },
): Promise<NamedPost | undefined> {
  const found = await sql<NamedPost>`
    select p.topic, p.number, p.version, p.deleted_at is not null as "isDeleted" from spaces s
    join lateral (
      select id from messages w where w.community_id = ${community} and w.space_id = s.id and w.external_id = ${message}
      union all
      select id from deleted_messages d where d.community_id = ${community} and d.space_id = s.id and d.external_id = ${message}
    ) n on true
    join hub_posts p on p.community_id = ${community} and p.message_id = n.id
    where s.community_id = ${community} and s.platform = 'hub' and s.external_id = ${space}`.execute(db);
  return found.rows[0];
}

/** What one of the team is called; undefined when the account is gone. */
export async function nameOfUser(db: Db, userId: string): Promise<string | undefined> {
  const found = await sql<{ name: string }>`select name from users where id = ${userId}`.execute(db);
  return found.rows[0]?.name;
}

/** The slug of a community. */
export async function slugOfCommunity(db: Db, community: CommunityId): Promise<string | undefined> {
  const found = await sql<{ slug: string }>`select slug from communities where id = ${community}`.execute(db);
  return found.rows[0]?.slug;
}
