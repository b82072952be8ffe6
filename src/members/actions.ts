import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { NewFact } from "#src/events.ts";
import { append } from "#src/log/append.ts";
import { refuse } from "#src/base/refusal.ts";
import { spreadMarks } from "./merging/marks.ts";
import { lockPeople } from "./merging/tree-store.ts";
import type { Mark } from "./model.ts";
import { lockMarks, writeMarks, type Marked } from "./store/marks.ts";

/** What was changed, and how those people were marked before: handing `before` to the same action undoes it. */
export interface MarkOutcome {
  readonly changed: number;
  readonly before: readonly Marked[];
}

/**
 * Marks people as team or bots, or no longer so. Tells a fact for each whose marks are now others. Refuses all when one
 * of them is not there, and a list that names somebody twice.
 */
export async function markMembers(
  tx: Tx,
  community: CommunityId,
  { marks, now }: { marks: readonly Mark[]; now: number },
): Promise<MarkOutcome> {
  const ids = new Set(marks.map((mark) => mark.memberId));
  if (ids.size < marks.length) return refuse("invalid", "members.named-twice");
  await lockPeople(tx, community);
  const known = await lockMarks(tx, community, [...ids]);
  if (known.length < ids.size) return refuse("not-found", "members.some-unknown", { count: ids.size - known.length });
  const wanted = new Map(marks.map((mark) => [mark.memberId, mark]));
  const changes = known.flatMap((before) => {
    const mark = wanted.get(before.memberId);
    const after: Marked = {
      memberId: before.memberId,
      isStaff: mark?.isStaff ?? before.isStaff,
      isBot: mark?.isBot ?? before.isBot,
    };
    return after.isStaff === before.isStaff && after.isBot === before.isBot ? [] : [{ before, after }];
  });
  if (changes.length === 0) return { changed: 0, before: [] };
  const after = changes.map((change) => change.after);
  await writeMarks(tx, community, after);
  const spread = await spreadMarks(tx, community, after);
  const facts = [...after, ...spread].map((payload): NewFact => ({ kind: "member.marked", happenedAt: now, payload }));
  await append(tx, community, facts);
  return { changed: changes.length, before: changes.map((change) => change.before) };
}
