import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import type { IncomingSpace } from "../model.ts";

/** Where spaces are kept: whose, and from which platform. */
export interface SpacePlace {
  readonly community: CommunityId;
  readonly platform: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** The ids of spaces by their ids on the platform; those that are not known yet are made. A known name is kept: staff may have changed it. */
export async function ensureSpaces(
  tx: Tx,
  place: SpacePlace,
  spaces: readonly IncomingSpace[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const parents = spaces.filter((space) => space.parentExternalId === undefined);
  const children = spaces.filter((space) => space.parentExternalId !== undefined);
  for (const generation of [parents, children]) {
    const made = await ensureGeneration(tx, place, { spaces: generation, known: ids });
    for (const [externalId, id] of made) ids.set(externalId, id);
  }
  return ids;
}

interface Generation {
  readonly spaces: readonly IncomingSpace[];
  readonly known: ReadonlyMap<string, string>;
}

async function ensureGeneration(
  tx: Tx,
  place: SpacePlace,
  { spaces, known }: Generation,
): Promise<Map<string, string>> {
  if (spaces.length === 0) return new Map();
  const externalIds = spaces.map((space) => space.externalId);
  const parentIds = await parentsOf(tx, place, { spaces, known });
  await sql`
    insert into spaces (community_id, id, platform, external_id, name, kind, parent_id, created_at)
    select ${place.community}, s.id, ${place.platform}, s.external_id, s.name, s.kind, s.parent_id, to_timestamp(${place.now / 1000})
    from unnest(${spaces.map(() => newId(place.now))}::uuid[], ${externalIds}::text[], ${spaces.map((space) => space.name)}::text[],
      ${spaces.map((space) => space.kind)}::text[], ${parentIds}::uuid[]) s (id, external_id, name, kind, parent_id)
    order by s.external_id
    on conflict (community_id, platform, external_id) do nothing`.execute(tx);
  return findSpaces(tx, place, externalIds);
}

/** The ids of those spaces that are known, by their ids on the platform. */
export async function findSpaces(
  tx: Tx,
  place: SpacePlace,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await sql<{ externalId: string; id: string }>`
    select external_id as "externalId", id from spaces where community_id = ${place.community}
      and platform = ${place.platform} and external_id = any(${[...externalIds]})`.execute(tx);
  return new Map(found.rows.map((row) => [row.externalId, row.id]));
}

async function parentsOf(tx: Tx, place: SpacePlace, { spaces, known }: Generation): Promise<(string | null)[]> {
  const wanted = spaces.flatMap((space) => space.parentExternalId ?? []);
  const missing = wanted.filter((externalId) => !known.has(externalId));
  const stored = missing.length > 0 ? await findSpaces(tx, place, missing) : new Map<string, string>();
  return spaces.map((space) => {
    const parent = space.parentExternalId;
    return parent === undefined ? null : (known.get(parent) ?? stored.get(parent) ?? null);
  });
}

/** Which of these spaces hold messages already. */
export async function spacesWithMessages(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<Set<string>> {
  const found = await sql<{ id: string }>`
    select s.id from unnest(${[...ids]}::uuid[]) s (id) where exists (
      select from messages m where m.community_id = ${community} and m.space_id = s.id)`.execute(tx);
  return new Set(found.rows.map((row) => row.id));
}
