import type { CommunityCall } from "#src/accounts/call.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { append } from "#src/log/append.ts";
import { tellOfDecision } from "../notices/deeds.ts";
import { wakeDevices } from "../push/tell-news.ts";
import { touchHub } from "../store/hubs.ts";
import { type Group, handleFrom, MOST_GROUPS } from "./model.ts";
import { addPeople, takePeople } from "./people.ts";
import { settleRequest } from "./requests.ts";
import {
  addGroup,
  allGroups,
  deletedGroup,
  groupOf,
  groupsById,
  handleTakenBy,
  type GroupWish,
  isGroupName,
  isRule,
  markGroup,
  writeGroup,
  writeHandle,
} from "./store.ts";
import { tellOfPeople, tellOfRules } from "./tell.ts";

async function refuseWish(tx: Tx, call: CommunityCall, wish: GroupWish & { id: string }): Promise<void> {
  const { community } = call;
  if (wish.tagId !== null && wish.segmentId !== null) refuse("invalid", "hub.group-follows-one");
  if (!(await isRule(tx, community, wish))) refuse("invalid", "hub.group-rule-unknown");
  if (await isGroupName(tx, community, wish)) refuse("conflict", "hub.group-name-taken");
  await refuseHandle(tx, call, wish);
}

async function refuseHandle(tx: Tx, { community }: CommunityCall, wish: { id: string; handle: string }): Promise<void> {
  const by = await handleTakenBy(tx, community, wish);
  if (by === "group") refuse("conflict", "hub.group-handle-taken", { handle: wish.handle });
  if (by === "member") refuse("conflict", "hub.group-handle-of-member", { handle: wish.handle });
}

/** A handle for a group that was given none: its name, with a number behind it where that is taken. */
async function freeHandle(tx: Tx, { community }: CommunityCall, { id, name }: { id: string; name: string }) {
  const base = handleFrom(name) || "group";
  for (let n = 1; n <= MOST_GROUPS; n += 1) {
    const handle = n === 1 ? base : `${base}-${n}`;
    if ((await handleTakenBy(tx, community, { id, handle })) === undefined) return handle;
  }
  return id;
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

/** Makes a group; without a handle it gets one from its name. Refuses more than `MOST_GROUPS`, a name or a handle that another bears, and a tag or segment that is not there. */
export async function makeGroup(
  call: CommunityCall,
  said: Omit<GroupWish, "handle"> & { readonly handle: string | undefined },
): Promise<Group> {
  const { community } = call;
  return call.databases.asOwner(async (tx) => {
    const at = call.now();
    const id = newId(at);
    if ((await allGroups(tx, community)).length >= MOST_GROUPS)
      refuse("conflict", "hub.groups-full", { most: MOST_GROUPS });
    const wish = { ...said, handle: said.handle ?? (await freeHandle(tx, call, { id, name: said.name })) };
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

/**
 * Brings a deleted group back with its people and boards, under another handle when somebody has taken its own. Refuses when
 * another has taken its name meanwhile.
 */
export async function restoreGroup(call: CommunityCall, id: string): Promise<Group> {
  return call.databases.asOwner(async (tx) => {
    const before = (await deletedGroup(tx, call.community, id)) ?? refuse("not-found", "hub.no-such-group");
    if (await isGroupName(tx, call.community, { id, name: before.name })) refuse("conflict", "hub.group-name-taken");
    const isTaken = (await handleTakenBy(tx, call.community, { id, handle: before.handle })) !== undefined;
    if (isTaken) await writeHandle(tx, call.community, { id, handle: await freeHandle(tx, call, { ...before, id }) });
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
  await wakeDevices(call, community);
}
