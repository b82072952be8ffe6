import { sql, type RawBuilder } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idsOf, IdTable, type Ids } from "./id-table.ts";

/** So many new numbers change what the planner should do. */
const MANY = 1000;

/** Gives every member and space of the community a small number, if it has none yet. Safe to repeat. */
export async function giveNumbers(tx: Tx, community: CommunityId): Promise<void> {
  const given = await sql`
    insert into member_numbers (community_id, member_id, number)
    select ${community}, m.id, (select coalesce(max(number), 0) from member_numbers where community_id = ${community})
      + row_number() over (order by m.id)
    from members m left join member_numbers n on n.community_id = m.community_id and n.member_id = m.id
    where m.community_id = ${community} and n.member_id is null`.execute(tx);
  await sql`
    insert into space_numbers (community_id, space_id, number)
    select ${community}, s.id, (select coalesce(max(number), 0) from space_numbers where community_id = ${community})
      + row_number() over (order by s.id)
    from spaces s left join space_numbers n on n.community_id = s.community_id and n.space_id = s.id
    where s.community_id = ${community} and n.space_id is null`.execute(tx);
  // Without fresh statistics the joins that follow would look up every member of the community for each stretch.
  if (Number(given.numAffectedRows) > MANY) await sql`analyze members, member_numbers, space_numbers`.execute(tx);
}

/** Takes back the numbers of members and spaces that are no more. Every day on which they had written must have been counted anew. */
export async function takeNumbers(tx: Tx, community: CommunityId): Promise<void> {
  await sql`
    delete from member_numbers n where n.community_id = ${community} and not exists (
      select from members m where m.community_id = n.community_id and m.id = n.member_id)`.execute(tx);
  await sql`
    delete from space_numbers n where n.community_id = ${community} and not exists (
      select from spaces s where s.community_id = n.community_id and s.id = n.space_id)`.execute(tx);
}

/** An id as PostgreSQL reads it, and its number with the bot's bit behind it, as they come from the server. */
const ID = 16;
const LEARNED = ID + 4;
/** Stands for somebody who has no number: as `number * 2`. */
const NOBODY = 0;

/** How many are asked for at once where everybody is. */
const AT_ONCE = 100_000;

/** The numbers of those members that `chosen`, a part of a query, names as `n`, packed. */
async function readNumbers(tx: Tx, community: CommunityId, chosen: RawBuilder<unknown>): Promise<Buffer> {
  const found = await sql<{ packed: string | null }>`
    select encode(string_agg(uuid_send(n.member_id) || int4send(coalesce(p.number, n.number) * 2 + m.is_bot::int), ''), 'base64') as packed
    from ${chosen}
    join members m on m.community_id = n.community_id and m.id = n.member_id
    left join member_parts t on t.community_id = n.community_id and t.member_id = n.member_id
    left join member_numbers p on p.community_id = t.community_id and p.member_id = t.person_id
    where n.community_id = ${community}`.execute(tx);
  return Buffer.from(found.rows[0]?.packed ?? "", "base64");
}

async function highestNumber(tx: Tx, community: CommunityId): Promise<number> {
  const found = await sql<{ highest: number }>`
    select coalesce(max(number), 0) as highest from member_numbers where community_id = ${community}`.execute(tx);
  return found.rows[0]?.highest ?? 0;
}

/**
 * The numbers of members, as far as they were asked for: of the person that a member is part of now. Keeps 48 bytes a
 * member, so that a history of a million members can be counted in one go.
 */
export class MemberNumbers {
  /** Twice the number, and one more for a bot. */
  readonly #known = new IdTable(1024);
  #knowsEverybody = false;

  /** Asks the database for everybody, once, if so many messages are to be counted that most will be asked for anyway. */
  async learnMost(tx: Tx, community: CommunityId, messages: number): Promise<void> {
    if (this.#knowsEverybody) return;
    const highest = await highestNumber(tx, community);
    if (messages < highest) return;
    for (let after = 0; after < highest; after += AT_ONCE) {
      const some = sql`(select * from member_numbers where number > ${after}::int and number <= ${after + AT_ONCE}::int) n`;
      this.#keep(await readNumbers(tx, community, some));
    }
    this.#knowsEverybody = true;
  }

  /** Asks the database for those among these ids that have not been asked for yet. */
  async learn(tx: Tx, community: CommunityId, columns: readonly Ids[]): Promise<void> {
    const unknown: string[] = [];
    for (const ids of columns) {
      const bytes = Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength);
      for (let place = 0; place < ids.length / 4; place += 1) {
        if (this.#known.find(ids, place) !== undefined) continue;
        this.#known.put(ids, place, NOBODY);
        unknown.push(bytes.toString("hex", place * ID, place * ID + ID));
      }
    }
    if (unknown.length === 0) return;
    const asked = sql`unnest(${`{${unknown.join(",")}}`}::uuid[]) u (id) join member_numbers n on n.member_id = u.id`;
    this.#keep(await readNumbers(tx, community, asked));
  }

  /** The number of the person that the member in that place is part of; 0 for whoever has none. */
  numberOf(ids: Ids, place: number): number {
    return (this.#known.find(ids, place) ?? NOBODY) >>> 1;
  }

  /** Whether the member in that place is a bot. */
  isBot(ids: Ids, place: number): boolean {
    return ((this.#known.find(ids, place) ?? NOBODY) & 1) === 1;
  }

  #keep(packed: Buffer): void {
    for (let at = 0; at < packed.length; at += LEARNED) {
      this.#known.put(idsOf(packed.subarray(at, at + ID)), 0, packed.readInt32BE(at + ID));
    }
  }
}
