import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { StandingLogo } from "./hubs.ts";

const DAY_MS = 86_400_000;
/** A logo that was replaced or taken away can be brought back for so long. */
const KEPT_DAYS = 30;
/** Unused files are thrown away a day after the instant that is noted of them. */
const NOTED_LATER_MS = (KEPT_DAYS - 1) * DAY_MS;

const idsOf = (logo: StandingLogo | null): readonly string[] => (logo === null ? [] : [logo.id, logo.icon, logo.touch]);

/** Both logos of a hub: the one that stands, and the one that can be brought back, each null where there is none. */
export interface Logos {
  readonly logo: StandingLogo | null;
  readonly before: StandingLogo | null;
}

/** The logos of a hub at an instant (milliseconds since 1970 UTC); undefined where no hub is set up. */
export async function logosOf(tx: Tx, community: CommunityId, at: number): Promise<Logos | undefined> {
  const found = await sql<Logos>`
    select logo, case when logo_before_until > ${new Date(at)} then logo_before end as before from hubs
    where community_id = ${community}`.execute(tx);
  return found.rows[0];
}

/**
 * Gives a hub a logo, or with null takes it away. The one that stood is kept for a month to be brought back; files of the one
 * before that are unused from now on and thrown away in a day. `at` in milliseconds since 1970 UTC. False where no hub is
 * set up.
 */
export async function writeLogo(
  tx: Tx,
  community: CommunityId,
  { logo, at }: { logo: StandingLogo | null; at: number },
): Promise<boolean> {
  const held = await sql`select from hubs where community_id = ${community} for update`.execute(tx);
  const stood = await logosOf(tx, community, at);
  if (held.rows.length === 0 || stood === undefined) return false;
  const before = stood.logo ?? (logo === null ? stood.before : null);
  const json = (value: StandingLogo | null): string | null => (value === null ? null : JSON.stringify(value));
  const until = before === null ? null : new Date(at + KEPT_DAYS * DAY_MS);
  await sql`
    update hubs set logo = ${json(logo)}::jsonb, logo_before = ${json(before)}::jsonb, logo_before_until = ${until},
      version = version + 1 where community_id = ${community}`.execute(tx);
  await sql`
    update hub_files set unused_since = case when id = any(${idsOf(logo)}::uuid[]) then null
        when id = any(${idsOf(before)}::uuid[]) then ${new Date(at + NOTED_LATER_MS)}::timestamptz
        else least(unused_since, ${new Date(at)}::timestamptz) end
    where community_id = ${community} and purpose = 'logo'`.execute(tx);
  return true;
}
