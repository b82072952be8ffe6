import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Account, ProviderName, SignInWay } from "../model.ts";
import { opensStill } from "./leavings.ts";

/** A way to sign in as it is kept; the secret is sealed for its place. */
export interface WayRow {
  readonly way: SignInWay;
  readonly clientId: string;
  readonly sealed: string;
  readonly changedAt: Date;
}

const columns = sql`way, client_id as "clientId", sealed, changed_at as "changedAt"`;

/** Every way the community has keys for. */
export async function waysOf(tx: Tx, community: CommunityId): Promise<WayRow[]> {
  const found = await sql<WayRow>`
    select ${columns} from hub_sign_in_ways where community_id = ${community} order by way`.execute(tx);
  return found.rows;
}

/** One way; undefined when the community has no keys for it. */
export async function wayOf(tx: Tx, community: CommunityId, way: SignInWay): Promise<WayRow | undefined> {
  const found = await sql<WayRow>`
    select ${columns} from hub_sign_in_ways where community_id = ${community} and way = ${way}`.execute(tx);
  return found.rows[0];
}

async function noteWays(tx: Tx, community: CommunityId): Promise<void> {
  await sql`
    update hubs set version = version + 1,
      ways = array(select way from hub_sign_in_ways where community_id = ${community} order by way)
    where community_id = ${community}`.execute(tx);
}

/** Keeps the keys of a way. `at` in milliseconds since 1970 UTC. */
export async function writeWay(
  tx: Tx,
  community: CommunityId,
  kept: { way: SignInWay; clientId: string; sealed: string; at: number },
): Promise<void> {
  await sql`
    insert into hub_sign_in_ways (community_id, way, client_id, sealed, changed_at)
    values (${community}, ${kept.way}, ${kept.clientId}, ${kept.sealed}, ${new Date(kept.at)})
    on conflict (community_id, way) do update set client_id = excluded.client_id, sealed = excluded.sealed,
      changed_at = excluded.changed_at`.execute(tx);
  await noteWays(tx, community);
}

/** Forgets the keys of a way; false when there were none. Whoever was linked by it stays linked. */
export async function dropWay(tx: Tx, community: CommunityId, way: SignInWay): Promise<boolean> {
  const dropped = await sql`
    delete from hub_sign_in_ways where community_id = ${community} and way = ${way} returning 1`.execute(tx);
  await noteWays(tx, community);
  return dropped.rows.length > 0;
}

/** Somebody's account on a platform. */
export interface PlatformAccount {
  readonly platform: ProviderName;
  readonly externalId: string;
  readonly name: string;
}

/** The account of the hub that an account on a platform opens. */
export async function accountOfPlatform(
  tx: Tx,
  community: CommunityId,
  who: Pick<PlatformAccount, "platform" | "externalId">,
): Promise<Account | undefined> {
  const found = await sql<Account>`
    select a.id as "accountId", a.member_id as "memberId", m.name from hub_identities i
    join hub_accounts a on a.community_id = i.community_id and a.id = i.account_id and ${opensStill}
    join members m on m.community_id = a.community_id and m.id = a.member_id
    where i.community_id = ${community} and i.platform = ${who.platform} and i.external_id = ${who.externalId}`.execute(
    tx,
  );
  return found.rows[0];
}

/** Lets an account on a platform open an account; false when it opens another one, or this one is opened by another. */
export async function linkPlatform(
  tx: Tx,
  community: CommunityId,
  link: PlatformAccount & { accountId: string; at: number },
): Promise<boolean> {
  const made = await sql`
    insert into hub_identities (community_id, platform, external_id, account_id, name, made_at)
    values (${community}, ${link.platform}, ${link.externalId}, ${link.accountId}, ${link.name}, ${new Date(link.at)})
    on conflict do nothing returning 1`.execute(tx);
  return made.rows.length > 0;
}

/** The accounts on platforms that open an account. */
export async function platformsOf(
  tx: Tx,
  community: CommunityId,
  accountId: string,
): Promise<{ platform: ProviderName; name: string }[]> {
  const found = await sql<{ platform: ProviderName; name: string }>`
    select platform, name from hub_identities where community_id = ${community} and account_id = ${accountId}
    order by platform`.execute(tx);
  return found.rows;
}

/** Stops an account on a platform from opening an account; false when it did not. */
export async function unlinkPlatform(
  tx: Tx,
  community: CommunityId,
  which: { accountId: string; platform: ProviderName },
): Promise<boolean> {
  const gone = await sql`
    delete from hub_identities where community_id = ${community} and account_id = ${which.accountId}
      and platform = ${which.platform} returning 1`.execute(tx);
  return gone.rows.length > 0;
}

/** Whether anything opens an account: a password, an account on a platform, a passkey. */
export async function hasWayIn(tx: Tx, community: CommunityId, accountId: string): Promise<boolean> {
  const left = await sql`
    select from hub_accounts a where a.community_id = ${community} and a.id = ${accountId} and (a.password_hash is not null
      or exists (select from hub_identities i where i.community_id = a.community_id and i.account_id = a.id)
      or exists (select from hub_passkeys p where p.community_id = a.community_id and p.account_id = a.id))`.execute(
    tx,
  );
  return left.rows.length > 0;
}

/**
 * The member under whom messages of an account on a platform are kept, while they are another person than this member;
 * undefined while there are none, when the two are one, and after the team took them apart.
 */
export async function memberApart(
  tx: Tx,
  community: CommunityId,
  who: Pick<PlatformAccount, "platform" | "externalId"> & { readonly memberId: string },
): Promise<string | undefined> {
  const found = await sql<{ memberId: string }>`
    select i.member_id as "memberId" from identities i
    left join member_parts theirs on theirs.community_id = i.community_id and theirs.member_id = i.member_id
    left join member_parts mine on mine.community_id = i.community_id and mine.member_id = ${who.memberId}
    where i.community_id = ${community} and i.platform = ${who.platform} and i.external_id = ${who.externalId}
      and coalesce(theirs.person_id, i.member_id) <> coalesce(mine.person_id, ${who.memberId}::uuid)
      and not exists (select from member_merges m where m.community_id = i.community_id and m.separated_at is not null
        and ((m.member_id = i.member_id and m.into_id = ${who.memberId})
          or (m.member_id = ${who.memberId} and m.into_id = i.member_id)))`.execute(tx);
  return found.rows[0]?.memberId;
}

/** Uses a launch of the Mini App up; false when it was used before. `until` in milliseconds since 1970 UTC. */
export async function useLaunch(
  tx: Tx,
  community: CommunityId,
  launch: { hash: Buffer; until: number },
): Promise<boolean> {
  const used = await sql`
    insert into hub_used_launches (community_id, launch_hash, expires_at)
    values (${community}, ${launch.hash}, ${new Date(launch.until)}) on conflict do nothing returning 1`.execute(tx);
  return used.rows.length > 0;
}
