import { sql } from "kysely";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { DomainTrouble } from "../domain/model.ts";

/** A hub's domain as it is kept. */
export interface DomainRow {
  readonly domain: string;
  readonly community: string;
  readonly token: string;
  readonly askedAt: Date;
  readonly checkedAt: Date | null;
  readonly dueAt: Date;
  readonly provenAt: Date | null;
  readonly failingSince: Date | null;
  readonly trouble: DomainTrouble | null;
}

const columns = sql`d.domain, d.community, d.token, d.asked_at as "askedAt", d.checked_at as "checkedAt", d.due_at as "dueAt",
  d.proven_at as "provenAt", d.failing_since as "failingSince", d.trouble`;

/** The domain of a community's hub. */
export async function domainOf(db: Db | Tx, community: CommunityId): Promise<DomainRow | undefined> {
  const found = await sql<DomainRow>`
    select ${columns} from hub_domains d where d.community = ${community}`.execute(db);
  return found.rows[0];
}

/** Whose domain this is, and whether the hub stands there; undefined when it is nobody's. */
export async function siteAtDomain(
  db: Db,
  domain: string,
): Promise<{ slug: string; token: string; isServed: boolean } | undefined> {
  const found = await sql<{ slug: string; token: string; isServed: boolean }>`
    select c.slug, d.token, coalesce(h.domain = d.domain, false) as "isServed" from hub_domains d
    join communities c on c.id = d.community and c.deleted_at is null left join hubs h on h.community_id = c.id
    where d.domain = ${domain}`.execute(db);
  return found.rows[0];
}

async function standAt(tx: Tx, community: CommunityId, domain: string | null): Promise<void> {
  await sql`
    update hubs set domain = ${domain}::text, version = version + 1
    where community_id = ${community} and domain is distinct from ${domain}::text`.execute(tx);
}

/** Keeps a domain for a hub, to be proven; one that it had before is given up. False when another hub has it. */
export async function askDomain(
  tx: Tx,
  community: CommunityId,
  wish: { domain: string; token: string; at: number },
): Promise<boolean> {
  const { domain, token, at } = wish;
  await dropDomain(tx, community);
  const kept = await sql`
    insert into hub_domains (domain, community, token, asked_at, due_at)
    values (${domain}, ${community}, ${token}, ${new Date(at)}, ${new Date(at)})
    on conflict (domain) do nothing returning 1`.execute(tx);
  return kept.rows.length > 0;
}

/** Gives a hub's domain up: it stands at its first address again. False when it had none. */
export async function dropDomain(tx: Tx, community: CommunityId): Promise<boolean> {
  const gone = await sql`delete from hub_domains where community = ${community} returning 1`.execute(tx);
  await standAt(tx, community, null);
  return gone.rows.length > 0;
}

/** Lets a domain be looked after now. False when there is none. */
export async function hurryDomain(tx: Tx, community: CommunityId, at: number): Promise<boolean> {
  const found = await sql`
    update hub_domains set due_at = ${new Date(at)} where community = ${community} returning 1`.execute(tx);
  return found.rows.length > 0;
}

/** Domains that are to be looked after, those that wait longest first. */
export async function dueDomains(db: Db, now: number): Promise<DomainRow[]> {
  const found = await sql<DomainRow>`
    select ${columns} from hub_domains d join communities c on c.id = d.community and c.deleted_at is null
    where d.due_at <= ${new Date(now)} order by d.due_at limit 200`.execute(db);
  return found.rows;
}

/** What a look at a domain brought. Times in milliseconds since 1970 UTC. */
export interface Look {
  readonly at: number;
  readonly dueAt: number;
  readonly trouble: DomainTrouble | null;
  readonly failingSince: number | null;
  /** Whether the hub stands at it from now on. */
  readonly isServed: boolean;
}

/** Writes down a look, unless the hub has another domain by now. */
export async function noteLook(tx: Tx, { domain, token, ...row }: DomainRow, look: Look): Promise<void> {
  const [at, isGood] = [new Date(look.at), look.trouble === null];
  const failing = look.failingSince === null ? null : new Date(look.failingSince);
  const noted = await sql`
    update hub_domains set checked_at = ${at}, due_at = ${new Date(look.dueAt)}, trouble = ${look.trouble},
      failing_since = ${failing}::timestamptz, proven_at = case when ${isGood} then coalesce(proven_at, ${at}) else proven_at end
    where domain = ${domain} and token = ${token} returning 1`.execute(tx);
  if (noted.rows.length > 0) await standAt(tx, provenCommunity(row.community), look.isServed ? domain : null);
}
