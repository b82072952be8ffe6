import { type HubCall, ownAccount, seenBoard } from "../call.ts";
import { type CallableGroup, isInGroup, mayCallGroup } from "../groups/model.ts";
import { isCallable } from "../markdown/mentions.ts";
import { type Board, maySeeDirectory } from "../model.ts";
import { seenTopic } from "../queries.ts";
import { membersByName, nameKey } from "../store/accounts.ts";
import { listedNamed, type NamedPerson, peopleNamed, showingGroups, writersNamed } from "../store/callable.ts";

/** As many people fit a list that is looked over at a glance. */
export const MOST_PEOPLE_OFFERED = 8;
export const MOST_GROUPS_OFFERED = 4;

/** Somebody who can be called, with what stands behind the @ of a post that calls them. */
export interface Offered extends Pick<NamedPerson, "memberId" | "name" | "isTeam" | "face"> {
  readonly handle: string;
}

/** Where somebody writes: in a topic, or what shall be one in a board; neither is asked by whoever cannot say. */
export interface WritingPlace {
  readonly topic?: number | undefined;
  readonly boardId?: string | undefined;
}

/** What can be typed for a name; undefined when nothing can: names of other makes may hold what no call can. */
export function handleOf({ name, key }: Pick<NamedPerson, "name" | "key">): string | undefined {
  const typed = [name, name.trim().replaceAll(/\s+/g, "-"), key];
  return typed.find((each) => isCallable(each) && [key, key.replaceAll(" ", "-")].includes(nameKey(each)));
}

/**
 * People in the order in which they are likely to be meant, each once: who is called exactly so, who wrote in this topic,
 * the latest first, and everybody else by name. A name that begins so comes before one of which a later word does.
 */
export function likelyFirst<P extends Pick<NamedPerson, "memberId" | "key" | "wrote">>(
  people: readonly P[],
  typed: string,
): P[] {
  const key = nameKey(typed);
  const rank = (one: P): number[] => [
    one.key === key ? 0 : 1,
    one.wrote === null ? 1 : 0,
    one.key.startsWith(key) ? 0 : 1,
    -(one.wrote ?? 0),
  ];
  const ranked = people.map((one) => ({ one, rank: rank(one) }));
  ranked.sort((a, b) => {
    const at = a.rank.findIndex((each, n) => each !== b.rank[n]);
    if (at >= 0) return (a.rank[at] ?? 0) - (b.rank[at] ?? 0);
    return a.one.key < b.one.key ? -1 : 1;
  });
  const ordered = ranked.map(({ one }) => one);
  return ordered.filter(({ memberId }, n) => ordered.findIndex((one) => one.memberId === memberId) === n);
}

/** Groups whose handle begins so and which whoever calls may call, by handle. */
function groupsNamed({ groups, visitor }: HubCall, key: string): CallableGroup[] {
  const fitting = groups.filter((group) => group.key.startsWith(key) && mayCallGroup(visitor, group));
  return fitting.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * People besides those who wrote in the topic. Who is found by name where there is a list of members can be called by it;
 * in a board for groups only people of those groups can read, and they are named to whoever sees who belongs.
 */
async function others(call: HubCall, board: Board | undefined, key: string): Promise<NamedPerson[]> {
  const { visitor, community, groups, hub } = call;
  if (board?.access !== "groups")
    return maySeeDirectory(visitor, hub.directory) ? call.run((tx) => listedNamed(tx, community, key)) : [];
  const own = groups.filter((group) => board.groupIds.includes(group.id) && isInGroup(visitor, group));
  const ids = own.map(({ id }) => id);
  return call.run(async (tx) => {
    const seen = visitor.kind === "team" ? ids : await showingGroups(tx, community, ids);
    return seen.length === 0 ? [] : peopleNamed(tx, community, { groupIds: seen, key });
  });
}

async function named(call: HubCall, place: WritingPlace, key: string): Promise<NamedPerson[]> {
  if (place.topic === undefined)
    return others(call, place.boardId === undefined ? undefined : seenBoard(call, place.boardId), key);
  const { number: topic, lastPost, boardId } = await seenTopic(call, place.topic);
  const writers = await call.run((tx) => writersNamed(tx, call.community, { topic, lastPost, key }));
  return [...writers, ...(await others(call, seenBoard(call, boardId), key))];
}

/**
 * Whom somebody may mean who has typed an @ and some letters of a name: at most 8 people and 4 groups. Only people whom the
 * pages of the hub name to whoever calls, and only such as a post would really call by what is offered.
 */
export async function offerNames(
  call: HubCall,
  { place, typed }: { place: WritingPlace; typed: string },
): Promise<{ people: Offered[]; groups: CallableGroup[] }> {
  const { accountId, memberId: own } = ownAccount(call);
  call.limits.take("hub.names", accountId);
  const key = nameKey(typed);
  if (key === "") return { people: [], groups: [] };
  const found = (await named(call, place, key)).filter(({ memberId }) => memberId !== own);
  const people = likelyFirst(found, typed).flatMap((one) => {
    const handle = handleOf(one);
    return handle === undefined ? [] : [{ ...one, handle }];
  });
  const groups = groupsNamed(call, key);
  const names = [...people.map(({ handle }) => handle), ...groups.map(({ handle }) => handle)];
  const meant = await membersByName(call.databases.planned, call.community, names);
  return {
    people: people.filter(({ handle, memberId }) => meant.get(handle) === memberId).slice(0, MOST_PEOPLE_OFFERED),
    groups: groups.filter(({ handle }) => !meant.has(handle)).slice(0, MOST_GROUPS_OFFERED),
  };
}
