import { sql } from "kysely";
import type { CommunityFacts } from "#src/accounts/call.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { askedTogether } from "#src/base/gathering.ts";
import type { HubSettings } from "../model.ts";

/** The community's logo: the file that stands on pages with its size in pixels, and those of a browser's tab and a phone. */
export interface StandingLogo {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly icon: string;
  readonly touch: string;
}

/** A hub as it stands, with its version: see `hubs.version`. */
export interface StandingHub extends HubSettings {
  /** By which members may sign in. */
  readonly ways: readonly string[];
  /** The brand's colour as `#rrggbb`; null while the hub has its own. */
  readonly brand: string | null;
  readonly second: string | null;
  /** The domain of its own at which it stands. */
  readonly domain: string | null;
  readonly logo: StandingLogo | null;
  readonly version: number;
}

const columns = sql`is_open as "isOpen", reading, joining, directory, about, rules, shows_links as "showsLinks", ways, version, brand, second_colour as second, domain, logo`;

/** The hub of a community; undefined before it was first set up. */
export async function hubOf(db: Db | Tx, community: string): Promise<StandingHub | undefined> {
  const found = await sql<StandingHub>`select ${columns} from hubs where community_id = ${community}`.execute(db);
  return found.rows[0];
}

/** A community with its hub, and the last number of its log. */
export interface FoundHub {
  readonly facts: CommunityFacts;
  readonly hub: StandingHub;
  readonly seq: number;
}

/** A row of `foundColumns`, and nothing else. */
export type FoundHubRow = StandingHub & CommunityFacts & { readonly seq: number };

/** What `foundFrom` wants of a community `c`, its hub and its log `l`. */
export const foundColumns = sql`c.id, c.slug, c.name, c.language, c.time_zone as "timeZone", c.is_sample as "isSample",
  ${columns}, coalesce(l.seq, 0) as seq`;

/** A community that stands, with its hub, from a row of the database. */
export function foundFrom(row: FoundHubRow): FoundHub {
  const { id, slug, name, language, timeZone, isSample, seq, ...hub } = row;
  return { facts: { id, slug, name, language, timeZone, isSample: isSample === true, deletedAt: null }, hub, seq };
}

/** The domain of its own at which a community's hub stands. */
export async function domainServed(db: Db | Tx, community: string): Promise<string | null> {
  return (await hubOf(db, community))?.domain ?? null;
}

/** A community with its hub by the slug in the address, in one question. */
export async function hubBySlug(db: Db, slug: string): Promise<FoundHub | undefined> {
  const found = await sql<FoundHubRow>`
    select ${foundColumns} from communities c
    join hubs h on h.community_id = c.id left join log_heads l on l.community_id = c.id
    where c.slug = ${slug} and c.deleted_at is null`.execute(db);
  const [row] = found.rows;
  return row === undefined ? undefined : foundFrom(row);
}

/** Sets a hub up or changes it. `at` in milliseconds since 1970 UTC. */
export async function writeHub(tx: Tx, community: CommunityId, hub: HubSettings & { at: number }): Promise<void> {
  const at = new Date(hub.at);
  await sql`
    insert into hubs (community_id, is_open, reading, joining, directory, about, rules, shows_links, changed_at)
    values (${community}, ${hub.isOpen}, ${hub.reading}, ${hub.joining}, ${hub.directory}, ${hub.about}, ${hub.rules}, ${hub.showsLinks},
      ${at})
    on conflict (community_id) do update set is_open = excluded.is_open, reading = excluded.reading,
      joining = excluded.joining, directory = excluded.directory, about = excluded.about, rules = excluded.rules, shows_links = excluded.shows_links,
      changed_at = excluded.changed_at,
      version = hubs.version + 1`.execute(tx);
}

/** Gives a hub its brand's colours, or with null takes them away; what it had before, and undefined where no hub is set up. */
export async function writeLook(
  tx: Tx,
  community: CommunityId,
  look: Pick<StandingHub, "brand" | "second">,
): Promise<Pick<StandingHub, "brand" | "second"> | undefined> {
  const found = await sql<Pick<StandingHub, "brand" | "second">>`
    update hubs set brand = ${look.brand}, second_colour = ${look.second}, version = hubs.version + 1
    from (select brand, second_colour from hubs where community_id = ${community} for update) as before
    where community_id = ${community} returning before.brand, before.second_colour as second`.execute(tx);
  return found.rows[0];
}

/** Makes every kept page of a hub old. */
export async function touchHub(tx: Tx, community: CommunityId): Promise<void> {
  await sql`update hubs set version = version + 1 where community_id = ${community}`.execute(tx);
}

/**
 * In one word what a page for guests depends on: how the hub is set up, and the topic or, on lists, everything that was
 * told in the community. Undefined where there is no open hub that guests may read, or no such topic.
 */
export const versionsAt = askedTogether<{ slug: string; topic: number | undefined }, string | undefined>(
  async (db, asked) => {
    const [slugs, topics] = [asked.map(({ slug }) => slug), asked.map(({ topic }) => topic ?? null)];
    const found = await sql<{ n: number; version: string }>`
      select a.n, h.version || case when a.topic is null then ' s' || coalesce(l.seq, 0) else ' t' || t.version end as version
      from unnest(${slugs}::text[], ${topics}::int[]) with ordinality as a (slug, topic, n)
      join communities c on c.slug = a.slug and c.deleted_at is null
      join hubs h on h.community_id = c.id and h.is_open and h.reading = 'everyone'
      left join log_heads l on l.community_id = c.id and a.topic is null
      left join hub_topics t on t.community_id = c.id and t.number = a.topic and t.deleted_at is null
      where a.topic is null or t.number is not null`.execute(db);
    const versions = new Map(found.rows.map(({ n, version }) => [n, version]));
    return asked.map((_, i) => versions.get(i + 1));
  },
);
