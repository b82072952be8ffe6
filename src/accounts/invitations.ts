import { provenCommunity } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import type { Locale } from "#src/base/locale.ts";
import { postLetter } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Call, CommunityCall, PersonCall } from "./call.ts";
import { invitationLetter } from "./letters.ts";
import type { Profile, Role } from "./model.ts";
import { homedToken, newSecret, readHomedToken, secretHash } from "./one-time-token.ts";
import { hashPassword } from "./passwords.ts";
import {
  addInvitation,
  type LinkPlace,
  openInvitation,
  type OpenInvitation,
  renewInvitation,
  unusedInvitation,
  useInvitation,
} from "./store/invitations.ts";
import { addPerson, isAddressTaken } from "./store/people.ts";
import { giveRole, roleOf } from "./store/roles.ts";

const DAY_MS = 86_400_000;

/** Whom to invite, as what, and for how many days the link works. */
export interface InvitationWish {
  readonly role: Role;
  readonly email: string | undefined;
  readonly language: Locale | undefined;
  readonly days: number;
}

/** A link that is shown this once. */
export interface MadeLink {
  readonly id: string;
  readonly link: string;
}

interface LetterWish extends InvitationWish {
  readonly link: string;
}

/** The id of the letter that is on its way; null where there is no mail server or no address. */
async function postInvitation(call: CommunityCall, tx: Tx, wish: LetterWish): Promise<string | null> {
  const { email, role, days, link } = wish;
  if (email === undefined || !call.mailer.works) return null;
  const letter = invitationLetter({
    to: email,
    locale: wish.language ?? call.facts.language,
    community: call.facts.name,
    role,
    invitedBy: call.actor.kind === "person" ? call.actor.name : undefined,
    days,
    link,
  });
  return postLetter(call, tx, { letter, kind: "accounts.invitation", hours: days * 24 });
}

function freshLink(call: CommunityCall) {
  const secret = newSecret();
  return { tokenHash: secretHash(secret), link: `${call.publicUrl}/join/${homedToken(call.community, secret)}` };
}

/** Makes an invitation and, where there is an address and a mail server, sends it. The same whoever the address belongs to. */
export async function invite(call: CommunityCall, wish: InvitationWish): Promise<MadeLink> {
  const at = call.now();
  const { tokenHash, link } = freshLink(call);
  const id = newId(at);
  await call.databases.asOwner(async (tx) => {
    const letterId = await postInvitation(call, tx, { ...wish, link });
    const madeBy = call.actor.kind === "person" ? call.actor.id : null;
    const { role, email = null, days } = wish;
    const expiresAt = at + days * DAY_MS;
    await addInvitation(tx, call.community, { id, role, email, tokenHash, madeBy, at, expiresAt, letterId });
  });
  return { id, link };
}

/** Gives an unused invitation a new link and sends it again; the link before stops working. */
export async function inviteAgain(
  call: CommunityCall,
  wish: Pick<InvitationWish, "language" | "days"> & { id: string; mayGive: (role: Role) => boolean },
): Promise<MadeLink> {
  const { id, days, language, mayGive } = wish;
  const { tokenHash, link } = freshLink(call);
  await call.databases.asOwner(async (tx) => {
    const before = await unusedInvitation(tx, call.community, id);
    if (before === undefined) return refuse("not-found", "accounts.no-such-invitation");
    if (!mayGive(before.role)) return refuse("forbidden", "accounts.role-above-own");
    const { role, email } = before;
    const letterId = await postInvitation(call, tx, { role, email: email ?? undefined, language, days, link });
    const renewed = { id, tokenHash, expiresAt: call.now() + days * DAY_MS, letterId };
    if (!(await renewInvitation(tx, call.community, renewed))) refuse("not-found", "accounts.no-such-invitation");
  });
  return { id, link };
}

/** Where a token leads, once the tries of this address at one-time links are counted. */
function placeOf(call: Call, token: string): LinkPlace {
  call.limits.take("link.address", call.address);
  const read = readHomedToken(token);
  const { communityId, secret } = read ?? { communityId: "00000000-0000-0000-0000-000000000000", secret: token };
  return { communityId, tokenHash: secretHash(secret), now: call.now() };
}

/** The invitation that a link opens; undefined when it is used up, revoked, too old or was never made. */
export async function invitationAt(call: Call, token: string): Promise<OpenInvitation | undefined> {
  return openInvitation(call.databases.owner, placeOf(call, token));
}

/** Somebody signed in joins by a link. Whoever has a part in the community already keeps it, and the link with it. */
export async function acceptInvitation(call: PersonCall, token: string): Promise<OpenInvitation> {
  const place = placeOf(call, token);
  return call.databases.asOwner(async (tx) => {
    const found = await openInvitation(tx, place);
    if (found === undefined) return refuse("not-found", "accounts.invitation-over");
    if ((await roleOf(tx, found.communityId, call.person)) !== undefined) {
      return refuse("conflict", "accounts.already-in-team", { community: found.communityName });
    }
    if (!(await useInvitation(tx, place, call.person.id))) return refuse("not-found", "accounts.invitation-over");
    const given = { userId: call.person.id, role: found.role, at: place.now };
    await giveRole(tx, provenCommunity(found.communityId), given);
    return found;
  });
}

/** Somebody new who comes by a link. `email` is needed when the invitation names no address. */
export interface Newcomer extends Pick<Profile, "name" | "language" | "timeZone"> {
  readonly email: string | undefined;
  readonly password: string;
}

/**
 * Makes an account for whoever holds a link, and makes them part of the team. An address that has an account is refused
 * after the same work as any other; five tries for each link keep it from telling who has one.
 */
export async function joinByInvitation(call: Call, token: string, { password, ...person }: Newcomer) {
  const place = placeOf(call, token);
  call.limits.take("link.join", token);
  const passwordHash = await hashPassword(password);
  return call.databases.asOwner(async (tx) => {
    const found = await openInvitation(tx, place);
    if (found === undefined) return refuse("not-found", "accounts.invitation-over");
    const email = found.email ?? person.email ?? refuse("invalid", "accounts.address-needed");
    if (await isAddressTaken(tx, email)) return refuse("conflict", "accounts.address-taken");
    const profile: Profile = { ...person, email, id: newId(place.now), theme: "auto", isInstallOwner: false };
    await addPerson(tx, { ...profile, passwordHash, at: place.now });
    if (!(await useInvitation(tx, place, profile.id))) return refuse("not-found", "accounts.invitation-over");
    const given = { userId: profile.id, role: found.role, at: place.now };
    await giveRole(tx, provenCommunity(found.communityId), given);
    return { profile, invitation: found };
  });
}
