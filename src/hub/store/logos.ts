import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { StandingLogo } from "./hubs.ts";

/**
 * Gives a hub a logo, or with null takes it away; the files of the one before are unused from now on and thrown away in a
 * day. `at` in milliseconds since 1970 UTC. False where no hub is set up.
 */
export async function writeLogo(
  tx: Tx,
  community: CommunityId,
  { logo, at }: { logo: StandingLogo | null; at: number },
): Promise<boolean> {
  const value = logo === null ? null : JSON.stringify(logo);
  const written = await sql`
    update hubs set logo = ${value}::jsonb, version = version + 1 where community_id = ${community}`.execute(tx);
  const kept = logo === null ? [] : [logo.id, logo.icon, logo.touch];
  await sql`
    update hub_files set unused_since = ${new Date(at)} where community_id = ${community} and purpose = 'logo'
      and unused_since is null and id <> all(${kept}::uuid[])`.execute(tx);
  return (written.numAffectedRows ?? 0n) > 0n;
}
