import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idAt } from "#src/base/ids.ts";
import { answered, author, withPeople } from "./parts.ts";

/** Brings "who wrote in which space" up to date with the days of everybody in `due_members`. */
export async function renewSpaces(tx: Tx, community: CommunityId): Promise<void> {
  // In the order of the key: so each page of the index is written once.
  await sql`
    insert into member_spaces as s (community_id, space_id, member_id, messages)
    select ${community}, d.space_id, d.member_id, sum(d.messages) from due_members j
    join member_days d on d.community_id = ${community} and d.member_id = j.member_id
    group by d.space_id, d.member_id order by d.space_id, d.member_id
    on conflict (community_id, space_id, member_id) do update set messages = excluded.messages
    where s.messages <> excluded.messages`.execute(tx);
  await sql`
    delete from member_spaces s using due_members j
    where s.community_id = ${community} and s.member_id = j.member_id and not exists (
      select from member_days d where d.community_id = s.community_id and d.member_id = s.member_id
        and d.space_id = s.space_id)`.execute(tx);
}

function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function startOf(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1);
}

/**
 * Counts anew who answered whom, in the months of UTC that hold these instants (milliseconds since 1970 UTC). Answers to
 * oneself are not counted.
 */
export async function renewAnswers(
  tx: Tx,
  community: CommunityId,
  { firstAt, lastAt }: { firstAt: number; lastAt: number },
): Promise<void> {
  const [first, last] = [monthOf(firstAt), monthOf(lastAt)];
  await sql`
    delete from member_answers where community_id = ${community} and month between ${first} and ${last}`.execute(tx);
  for (let month = first; month <= last; month++) {
    await sql`
      insert into member_answers (community_id, month, member_id, answered_id, answers)
      select ${community}, ${month}, ${author} as person, ${answered} as other, count(*) from messages m ${withPeople}
      where m.community_id = ${community} and id >= ${idAt(startOf(month))} and id < ${idAt(startOf(month + 1))}
        and ${answered} <> ${author}
      group by person, other`.execute(tx);
  }
}

/** Counts anew whom these people answered, in the months of UTC that hold these instants (milliseconds since 1970 UTC). */
export async function renewAnswersOf(
  tx: Tx,
  community: CommunityId,
  seen: { readonly firstAt: number; readonly lastAt: number; readonly personIds: readonly string[] },
): Promise<void> {
  const [first, last] = [monthOf(seen.firstAt), monthOf(seen.lastAt)];
  const ids = [...seen.personIds];
  await sql`
    delete from member_answers where community_id = ${community} and month between ${first} and ${last}
      and member_id = any(${ids}::uuid[])`.execute(tx);
  for (let month = first; month <= last; month++)
    await sql`
      insert into member_answers (community_id, month, member_id, answered_id, answers)
      select ${community}, ${month}, ${author} as person, ${answered} as other, count(*) from messages m ${withPeople}
      where m.community_id = ${community} and id >= ${idAt(startOf(month))} and id < ${idAt(startOf(month + 1))}
        and ${author} = any(${ids}::uuid[]) and ${answered} <> ${author}
      group by person, other`.execute(tx);
}
