import { readHomedToken, secretHash } from "#src/accounts/one-time-token.ts";
import { hashPassword } from "#src/accounts/passwords.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import type { HubCall, HubDeed } from "../call.ts";
import type { Account } from "../model.ts";
import { addAccount, freeNameLike, takenParts } from "../store/accounts.ts";
import { invitationWorks, useInvitation } from "../store/invitations.ts";
import { addPasskey, type NewPasskey } from "../store/passkeys.ts";
import { takeSignUp } from "../store/sign-ups.ts";
import { linkPlatform, type PlatformAccount } from "../store/ways.ts";
import { authorOf, hubIntake, wholeHub } from "../talk/live.ts";
import { letThrough } from "./crowd.ts";
import { askToOpenLetter } from "./sign-up.ts";

/** Who wants to join. */
export interface JoiningWish {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly invitation?: string | undefined;
  /** The token of a question and what was answered, when joining took one. */
  readonly question?: string | undefined;
  readonly answer?: string | undefined;
}

/** Refuses a name that somebody has, or a group as its handle, and says one like it that is free. */
export async function refuseName(tx: Tx, community: CommunityId, name: string): Promise<never> {
  return refuse("conflict", "hub.name-taken", { free: await freeNameLike(tx, community, name) });
}

/** The hash of an invitation to this hub. Refuses where joining is closed, and where it takes one that is missing. */
export function invitationFor({ community, hub }: HubCall, invitation: string | undefined): Buffer | undefined {
  if (hub.joining === "nobody") refuse("forbidden", "hub.joining-closed");
  const read = invitation === undefined ? undefined : readHomedToken(invitation);
  const isInvited = read?.communityId === community;
  if (hub.joining === "invited" && !isInvited) refuse("forbidden", "hub.invitation-needed");
  return isInvited ? secretHash(read.secret) : undefined;
}

/** Refuses an invitation that has run out where joining takes one. */
export async function refuseOver(
  tx: Tx,
  { community, hub, now }: HubCall,
  tokenHash: Buffer | undefined,
): Promise<void> {
  if (tokenHash === undefined || hub.joining !== "invited") return;
  if (!(await invitationWorks(tx, community, { tokenHash, now: now() }))) refuse("forbidden", "hub.invitation-over");
}

/**
 * Joins somebody. Where letters go out there is no account before the letter to the address was opened, and the answer is
 * the same, `undefined` after the same work, whether somebody has the address or not: whoever has it is told by the
 * letter. Where none go out the account is made at once, and a taken address is refused. A taken name always is: names
 * are public.
 */
export async function join(call: HubCall, wish: JoiningWish): Promise<Account | undefined> {
  const { community } = call;
  const invitation = invitationFor(call, wish.invitation);
  letThrough(call, wish);
  const { name, email } = wish;
  const taken = await call.run(async (tx) => {
    await refuseOver(tx, call, invitation);
    const parts = await takenParts(tx, community, { name, email });
    return parts.name ? refuseName(tx, community, name) : parts;
  });
  const passwordHash = await hashPassword(wish.password);
  if (call.mailer.works) {
    const signUp = { name, email, passwordHash, invitationHash: invitation };
    await askToOpenLetter(call, signUp, taken.email);
    return undefined;
  }
  if (taken.email) refuse("conflict", "hub.email-taken");
  return enrol(call, { name, email, passwordHash, userId: null, invitationHash: invitation });
}

/** Somebody about to be a member. */
export interface Newcomer {
  readonly name: string;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly userId: string | null;
  /** Of the invitation that is used up by this. */
  readonly invitationHash: Buffer | undefined;
  /** Of the letter's link that is used up by this. */
  readonly signUpHash?: Buffer | undefined;
  /** Whom a platform has proven them to be: that account opens theirs from now on. */
  readonly proven?: PlatformAccount | undefined;
  /** The id that their account is to have, and the passkey that opens it, when they join by one. */
  readonly accountId?: string;
  readonly passkey?: NewPasskey;
}

/** Makes the account, the member and the fact that they came, all or nothing. */
export async function enrol(call: HubDeed, newcomer: Newcomer): Promise<Account> {
  const { community } = call;
  const at = call.now();
  const { invitationHash: tokenHash, signUpHash, proven, name, userId } = newcomer;
  const { accountId = newId(at), passkey } = newcomer;
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
      if (signUpHash !== undefined && !(await takeSignUp(tx, community, signUpHash)))
        refuse("not-found", "hub.link-over");
      if (tokenHash === undefined || (await useInvitation(tx, community, { tokenHash, now: at }))) return;
      if (call.hub.joining === "invited") refuse("forbidden", "hub.invitation-over");
    },
    after: async (tx, [joined]) => {
      const memberId = joined?.memberId ?? (await refuseName(tx, community, name));
      const acceptsRules = userId === null;
      const taken = await addAccount(tx, community, { ...newcomer, accountId, memberId, acceptsRules, at });
      if (taken === "name") await refuseName(tx, community, name);
      if (taken === "email") refuse("conflict", "hub.email-taken");
      if (proven !== undefined && !(await linkPlatform(tx, community, { ...proven, accountId, at })))
        refuse("conflict", "hub.by-taken");
      if (passkey !== undefined && !(await addPasskey(tx, community, passkey))) refuse("conflict", "hub.passkey-known");
    },
  });
  return { ...account, memberId: outcome?.memberId ?? "" };
}
