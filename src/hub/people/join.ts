import { hashPassword } from "#src/accounts/passwords.ts";
import { readHomedToken, secretHash } from "#src/accounts/one-time-token.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import type { HubCall } from "../call.ts";
import type { Account } from "../model.ts";
import { addAccount, takenParts } from "../store/accounts.ts";
import { useInvitation } from "../store/invitations.ts";
import { authorOf, hubIntake, wholeHub } from "../talk/live.ts";

/** Who wants to join. */
export interface JoiningWish {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly invitation?: string | undefined;
}

function refuseTaken(part: "name" | "email"): never {
  return refuse("conflict", part === "name" ? "hub.name-taken" : "hub.email-taken");
}

/**
 * Makes an account: the person becomes a member, and their coming is told like that on any platform. Refuses a name or an
 * address that is taken, and whoever needs an invitation and has none that works.
 */
export async function join(call: HubCall, wish: JoiningWish): Promise<Account> {
  const { community, hub, limits } = call;
  limits.take("hub.join.address", call.address);
  limits.take("hub.join.community", community);
  if (hub.joining === "nobody") refuse("forbidden", "hub.joining-closed");
  const invitation = wish.invitation === undefined ? undefined : readHomedToken(wish.invitation);
  const isInvited = invitation?.communityId === community;
  if (hub.joining === "invited" && !isInvited) refuse("forbidden", "hub.invitation-needed");
  const taken = await call.run((tx) => takenParts(tx, community, wish));
  if (taken !== undefined) refuseTaken(taken);
  const passwordHash = await hashPassword(wish.password);
  const { name, email } = wish;
  const tokenHash = isInvited ? secretHash(invitation.secret) : undefined;
  return enrol(call, { name, email, passwordHash, userId: null, tokenHash });
}

interface NewcomerRow {
  readonly name: string;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly userId: string | null;
  /** Of the invitation that is used up by this. */
  readonly tokenHash: Buffer | undefined;
}

/** Makes the account, the member and the fact that they came, all or nothing. */
export async function enrol(call: HubCall, newcomer: NewcomerRow): Promise<Account> {
  const { community } = call;
  const at = call.now();
  const { tokenHash, name, userId } = newcomer;
  const accountId = newId(at);
  const intake = await hubIntake(call);
  const account = { accountId, memberId: "", name };
  const member = authorOf(account, userId !== null);
  const space = wholeHub(call);
  const move = {
    spaceExternalId: space.externalId,
    externalId: accountId,
    position: 0,
    member,
    name,
    kind: "joined" as const,
    happenedAt: at,
  };
  const [outcome] = await intake.take([{ kind: "moved", receipt: `join ${accountId}`, spaces: [space], move }], {
    before: async (tx) => {
      if (tokenHash === undefined || (await useInvitation(tx, community, { tokenHash, now: at }))) return;
      if (call.hub.joining === "invited") refuse("forbidden", "hub.invitation-over");
    },
    after: async (tx, [joined]) => {
      const memberId = joined?.memberId ?? refuse("conflict", "hub.name-taken");
      const taken = await addAccount(tx, community, {
        ...newcomer,
        accountId,
        memberId,
        acceptsRules: userId === null,
        at,
      });
      if (taken !== undefined) refuseTaken(taken);
    },
  });
  return { ...account, memberId: outcome?.memberId ?? "" };
}
