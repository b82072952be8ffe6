import { Refusal } from "#src/base/refusal.ts";
import type { HubDeed } from "../call.ts";
import type { Account } from "../model.ts";
import { accountOfUser } from "../store/accounts.ts";
import { enrol } from "./join.ts";

async function enrolled(call: HubDeed, who: { userId: string; name: string }): Promise<Account> {
  const newcomer = { name: who.name, email: null, passwordHash: null, userId: who.userId, invitationHash: undefined };
  try {
    return await enrol(call, newcomer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Either the same person's other window was faster, or a member has the name already.
    const made = await accountOfUser(call.databases.owner, call.community, who.userId);
    return made ?? enrol(call, { ...newcomer, name: `${who.name} · ${who.userId.slice(-4)}` });
  }
}

/** The same call with an account behind it: one of the team gets theirs with the first thing they do in the hub. */
export async function ensureTeamAccount<C extends HubDeed>(call: C): Promise<C> {
  const { visitor } = call;
  if (visitor.kind !== "team" || visitor.account !== undefined) return call;
  return { ...call, visitor: { ...visitor, account: await enrolled(call, visitor) } };
}
