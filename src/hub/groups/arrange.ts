import type { CommunityCall } from "#src/accounts/call.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { append } from "#src/log/append.ts";
import { tellOfDecision } from "../notices/deeds.ts";
import { touchHub } from "../store/hubs.ts";
import { type Group, MOST_GROUPS } from "./model.ts";
import { addPeople, takePeople } from "./people.ts";
import { settleRequest } from "./requests.ts";
import {
  addGroup,
  allGroups,
  deletedGroupName,
  groupOf,
  groupsById,
  type GroupWish,
  isGroupName,
  isRule,
  markGroup,
  writeGroup,
} from "./store.ts";
import { tellOfPeople, tellOfRules } from "./tell.ts";

async function refuseWish(tx: Tx, call: CommunityCall, wish: GroupWish & { id: string }): Promise<void> {
  const { community } = call;
  if (wish.tagId !== null && wish.segmentId !== null) refuse("invalid", "hub.group-follows-one");
  if (!(await isRule(tx, community, wish))) refuse("invalid", "hub.group-rule-unknown");
  if (await isGroupName(tx, community, wish)) refuse("conflict", "hub.group-name-taken");
}

/** What has changed of a group is told, and who belongs by its rule now. */
async function tellOfChange(tx: Tx, call: CommunityCall, groupId: string): Promise<void> {
  const at = call.now();
  await append(tx, call.community, [{ kind: "group.changed", happenedAt: at, payload: { groupId } }]);
  await tellOfRules(tx, call.community, at);
  await touchHub(tx, call.community);
}

async function groupNow(tx: Tx, call: CommunityCall, id: string): Promise<Group> {
  return (await groupOf(tx, call.community, id)) ?? refuse("not-found", "hub.no-such-group");
}

/** Makes a group. Refuses more than `MOST_GROUPS`, a name that another bears, and a tag or segment that is not there. */
export async function makeGroup(call: CommunityCall, wish: GroupWish): Promise<Group> {
  const { community } = call;
  return call.databases.asOwner(async (tx) => {
    const at = call.now();
    const id = newId(at);
    if ((await allGroups(tx, community)).length >= MOST_GROUPS)
      refuse("conflict", "hub.groups-full", { most: MOST_GROUPS });
    await refuseWish(tx, call, { ...wish, id });
    await addGroup(tx, community, { ...wish, id, at });
    await tellOfChange(tx, call, id);
    return groupNow(tx, call, id);
  });
}

/** Changes what is said of a group; what is missing stays. */
export async function changeGroup(
  call: CommunityCall,
  { id, change }: { id: string; change: Partial<GroupWish> },
): Promise<Group> {
  return call.databases.asOwner(async (tx) => {
    const after = { ...(await groupNow(tx, call, id)), ...change };
    await refuseWish(tx, call, after);
    await writeGroup(tx, call.community, after);
    await tellOfChange(tx, call, id);
    return groupNow(tx, call, id);
  });
}

/** Deletes a group: boards that are for it alone are the team's until others are chosen or it comes back. */
export async function deleteGroup(call: CommunityCall, id: string): Promise<void> {
  await call.databases.asOwner(async (tx) => {
    if (!(await markGroup(tx, call.community, { id, at: call.now() }))) refuse("not-found", "hub.no-such-group");
    await tellOfChange(tx, call, id);
  });
}

/** Brings a deleted group back with its people and boards. Refuses when another has taken its name meanwhile. */
export async function restoreGroup(call: CommunityCall, id: string): Promise<Group> {
  return call.databases.asOwner(async (tx) => {
    const name = (await deletedGroupName(tx, call.community, id)) ?? refuse("not-found", "hub.no-such-group");
    if (await isGroupName(tx, call.community, { id, name })) refuse("conflict", "hub.group-name-taken");
    await markGroup(tx, call.community, { id, at: undefined });
    await tellOfChange(tx, call, id);
    return groupNow(tx, call, id);
  });
}

/** Puts members into a group by hand; how many were not in it before. */
export async function addToGroup(
  call: CommunityCall,
  { id, memberIds }: { id: string; memberIds: readonly string[] },
): Promise<number> {
  const { community } = call;
  return call.databases.asOwner(async (tx) => {
    if ((await groupsById(tx, community, [id])).length === 0) refuse("not-found", "hub.no-such-group");
    const at = call.now();
    const come = await addPeople(tx, community, { groupId: id, memberIds, by: "hand", at });
    await tellOfPeople(tx, community, [{ kind: "group.joined", groupId: id, memberIds: come, at }]);
    return come.length;
  });
}

/** Takes members out of a group; how many are not in it any more. Whoever its tag or segment lets in stays. */
export async function takeFromGroup(
  call: CommunityCall,
  { id, memberIds }: { id: string; memberIds: readonly string[] },
): Promise<number> {
  const { community } = call;
  return call.databases.asOwner(async (tx) => {
    if ((await groupsById(tx, community, [id])).length === 0) refuse("not-found", "hub.no-such-group");
    const gone = await takePeople(tx, community, { groupId: id, memberIds });
    await tellOfPeople(tx, community, [{ kind: "group.left", groupId: id, memberIds: gone, at: call.now() }]);
    return gone.length;
  });
}

/** Decides about somebody's wish to belong and tells them. Refuses one that is decided or taken back already. */
export async function settle(
  call: CommunityCall,
  decision: { id: string; isApproved: boolean; reason: string },
): Promise<void> {
  const { community } = call;
  const { id, isApproved, reason } = decision;
  await call.databases.asOwner(async (tx) => {
    const at = call.now();
    const state = isApproved ? ("approved" as const) : ("declined" as const);
    const settled = await settleRequest(tx, community, { id, state, reason, at });
    if (settled === undefined) return refuse("conflict", "hub.request-settled");
    const { groupId, groupNumber, accountId, memberId } = settled;
    if (isApproved) {
      const come = await addPeople(tx, community, { groupId, memberIds: [memberId], by: "request", at });
      await tellOfPeople(tx, community, [{ kind: "group.joined", groupId, memberIds: come, at }]);
    }
    return tellOfDecision(tx, community, { accountId, groupNumber, at });
  });
}
