import { refuse } from "#src/base/refusal.ts";
import { mayGive } from "./actions.ts";
import type { CommunityCall } from "./call.ts";
import type { Role, StaffMember } from "./model.ts";
import { revokeKeysOf } from "./store/keys.ts";
import { dropRole, giveRole, holdOwners, staffMember } from "./store/roles.ts";

/** The person, when whoever asks may change their part: nobody touches those above themselves. */
async function changeable(call: CommunityCall, personId: string): Promise<StaffMember> {
  const found = await staffMember(call.databases.owner, call.community, personId);
  if (found === undefined) return refuse("not-found", "accounts.no-such-staff");
  if (found.isInstallOwner) return refuse("conflict", "accounts.owner-everywhere", { name: found.name });
  if (!mayGive(call.actor.role, found.role))
    return refuse("forbidden", "accounts.staff-above-own", { name: found.name });
  return found;
}

/**
 * Gives somebody of the team another role. Keys they made that can do more than the new role stop working, or they would
 * keep the old one through them.
 */
export async function changeRole(call: CommunityCall, change: { personId: string; role: Role }): Promise<StaffMember> {
  const { personId, role } = change;
  const before = await changeable(call, personId);
  if (!mayGive(call.actor.role, role)) refuse("forbidden", "accounts.role-above-own");
  const { community, databases } = call;
  const at = call.now();
  await databases.asOwner(async (tx) => {
    const owners = await holdOwners(tx, community);
    if (role !== "owner" && owners.length === 1 && owners[0] === personId) refuse("conflict", "accounts.last-owner");
    await giveRole(tx, community, { userId: personId, role, at });
    await revokeKeysOf(tx, community, { madeBy: personId, mayStay: (key) => mayGive(role, key), at });
  });
  return { ...before, role, joinedAt: new Date(at).toISOString() };
}

async function endPart(call: CommunityCall, personId: string): Promise<void> {
  const { community, databases } = call;
  await databases.asOwner(async (tx) => {
    const owners = await holdOwners(tx, community);
    if (owners.length === 1 && owners[0] === personId) refuse("conflict", "accounts.last-owner");
    await dropRole(tx, community, personId);
    await revokeKeysOf(tx, community, { madeBy: personId, mayStay: () => false, at: call.now() });
  });
}

/** Takes somebody out of the team at once; keys they made stop working. Never the last owner. */
export async function removeStaff(call: CommunityCall, personId: string): Promise<StaffMember> {
  const before = await changeable(call, personId);
  await endPart(call, personId);
  return before;
}

/** Whoever asks leaves the team. Never the last owner, and not an owner of the installation, who is one everywhere. */
export async function leave(call: CommunityCall): Promise<void> {
  const { actor } = call;
  if (actor.kind === "key") refuse("forbidden", "accounts.not-for-keys");
  const found = await staffMember(call.databases.owner, call.community, actor.id);
  if (found?.isInstallOwner === true) refuse("conflict", "accounts.owner-everywhere", { name: found.name });
  await endPart(call, actor.id);
}
