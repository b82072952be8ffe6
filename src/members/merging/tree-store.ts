import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { writeMarks, type Marked } from "../store/marks.ts";
import { alone, marksOf, type PersonTree } from "./person-tree.ts";

interface PartRow {
  readonly memberId: string;
  readonly intoId: string | null;
  readonly ownStaff: boolean;
  readonly ownBot: boolean;
  readonly decidedStaff: boolean | null;
  readonly decidedBot: boolean | null;
}

/** Nobody else merges, separates or marks merged people of this community until the transaction ends. */
export async function lockPeople(tx: Tx, community: CommunityId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('people of ' || ${community}::text, 0))`.execute(tx);
}

async function readParts(tx: Tx, community: CommunityId, memberId: string): Promise<PersonTree | undefined> {
  const found = await sql<PartRow>`
    select p.member_id as "memberId", p.into_id as "intoId", p.own_staff as "ownStaff", p.own_bot as "ownBot",
      p.decided_staff as "decidedStaff", p.decided_bot as "decidedBot"
    from member_parts asked join member_parts p on p.community_id = asked.community_id and p.person_id = asked.person_id
    where asked.community_id = ${community} and asked.member_id = ${memberId} order by p.member_id`.execute(tx);
  if (found.rows.length === 0) return undefined;
  return found.rows.map(({ memberId: id, intoId, ownStaff, ownBot, decidedStaff, decidedBot }) => ({
    memberId: id,
    intoId: intoId ?? undefined,
    own: { isStaff: ownStaff, isBot: ownBot },
    decided: { isStaff: decidedStaff ?? undefined, isBot: decidedBot ?? undefined },
  }));
}

/** The person that a member is part of, its members' rows locked; undefined when there is no such member. */
export async function readTree(tx: Tx, community: CommunityId, memberId: string): Promise<PersonTree | undefined> {
  const locked = await sql<{ isStaff: boolean; isBot: boolean }>`
    select is_staff as "isStaff", is_bot as "isBot" from members
    where community_id = ${community} and id = ${memberId} for update`.execute(tx);
  const own = locked.rows[0];
  if (own === undefined) return undefined;
  return (await readParts(tx, community, memberId)) ?? alone(memberId, own);
}

async function writeParts(tx: Tx, community: CommunityId, tree: PersonTree): Promise<void> {
  const ids = tree.map((part) => part.memberId);
  await sql`
    delete from member_parts where community_id = ${community} and member_id = any(${ids}::uuid[])`.execute(tx);
  const head = tree.find((part) => part.intoId === undefined);
  if (tree.length === 1 || head === undefined) return;
  const mark = (of: (part: PersonTree[number]) => boolean | undefined) => tree.map((part) => of(part) ?? null);
  await sql`
    insert into member_parts (community_id, member_id, person_id, into_id, own_staff, own_bot, decided_staff, decided_bot)
    select ${community}, p.id, ${head.memberId}, p.into_id, p.own_staff, p.own_bot, p.decided_staff, p.decided_bot
    from unnest(${ids}::uuid[], ${tree.map((part) => part.intoId ?? null)}::uuid[],
      ${mark((part) => part.own.isStaff)}::bool[], ${mark((part) => part.own.isBot)}::bool[],
      ${mark((part) => part.decided.isStaff)}::bool[], ${mark((part) => part.decided.isBot)}::bool[])
      p (id, into_id, own_staff, own_bot, decided_staff, decided_bot)`.execute(tx);
}

async function marksNow(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<Marked[]> {
  const found = await sql<Marked>`
    select id as "memberId", is_staff as "isStaff", is_bot as "isBot" from members
    where community_id = ${community} and id = any(${[...ids]}::uuid[]) order by id for update`.execute(tx);
  return found.rows;
}

/** Keeps a person as this tree says. Returns the new marks of those members whose marks are others now. */
export async function writeTree(tx: Tx, community: CommunityId, tree: PersonTree): Promise<Marked[]> {
  await writeParts(tx, community, tree);
  const { isStaff, isBot } = marksOf(tree);
  const ids = tree.map((part) => part.memberId);
  const changed = (await marksNow(tx, community, ids))
    .filter((now) => now.isStaff !== isStaff || now.isBot !== isBot)
    .map(({ memberId }) => ({ memberId, isStaff, isBot }));
  if (changed.length > 0) await writeMarks(tx, community, changed);
  return changed;
}
