import { refuse } from "#src/base/refusal.ts";
import { type HubDeed, ownAccount } from "../call.ts";
import { type CallableGroup, mayCallGroup, MOST_CALLED } from "../groups/model.ts";
import { peopleCalled } from "../groups/people.ts";
import { groupsCalledIn, mentionedNames } from "../markdown/mentions.ts";
import { membersByName, nameKey } from "../store/accounts.ts";
import { htmlOfPost } from "../store/posts.ts";
import type { PostPlace } from "./write.ts";

async function namedIn({ groups, databases, community }: HubDeed, text: string): Promise<CallableGroup[]> {
  if (groups.length === 0 || !text.includes("@")) return [];
  const names = mentionedNames(text);
  const keys = new Set(names.map(nameKey));
  const named = groups.filter(({ key }) => keys.has(key));
  if (named.length === 0) return [];
  const people = await membersByName(databases.planned, community, names);
  const taken = new Set([...people.keys()].map(nameKey));
  return named.filter(({ key }) => !taken.has(key));
}

/** Groups that a text would call were it written by whoever calls: nothing is refused, and nothing counts. */
export async function groupsMeant(call: HubDeed, text: string): Promise<CallableGroup[]> {
  return (await namedIn(call, text)).filter((group) => mayCallGroup(call.visitor, group));
}

/**
 * Groups that a text calls. The handle of one that whoever calls may not call is plain text, as is one that they may not
 * know of. Refuses to call more people than `MOST_CALLED` at once, and somebody who calls groups all the time. What a
 * post called before it was changed is called as before, and counts for nothing.
 */
export async function groupsCalled(call: HubDeed, text: string, changed?: PostPlace): Promise<CallableGroup[]> {
  const named = await namedIn(call, text);
  if (named.length === 0) return [];
  const { databases, community } = call;
  const earlier = new Set(
    changed === undefined ? [] : groupsCalledIn(await htmlOfPost(databases.planned, community, changed)),
  );
  const fresh = named.filter((group) => !earlier.has(group.number) && mayCallGroup(call.visitor, group));
  if (fresh.length > 0) {
    const ids = fresh.map(({ id }) => id);
    const people = await peopleCalled(databases.planned, community, ids);
    if (people > MOST_CALLED) refuse("conflict", "hub.calls-too-many", { people, most: MOST_CALLED });
    const { accountId } = ownAccount(call);
    for (const _ of fresh) call.limits.take("hub.call-group", accountId);
  }
  return named.filter((group) => earlier.has(group.number) || fresh.includes(group));
}
