import { homedToken, newSecret, readHomedToken, secretHash } from "#src/accounts/one-time-token.ts";
import { isPassword } from "#src/accounts/passwords.ts";
import { postLetter } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import { m } from "#words";
import type { HubCall } from "../call.ts";
import { hubPath, SIGN_LINK_MINUTES } from "../model.ts";
import { accountByEmail, closeAccount } from "../store/accounts.ts";
import { addSignLink, takeSignLink } from "../store/sessions.ts";
import { authorOf, hubIntake, wholeHub } from "../talk/live.ts";
import { beginSession, endSession } from "./sessions.ts";

/** Signs a member in. Refuses with the same words, after the same time, whether the address or the password is wrong. */
export async function signIn(call: HubCall, who: { email: string; password: string }): Promise<void> {
  const { community, limits, address } = call;
  limits.take("sign-in.address", address);
  limits.take("sign-in.account", `${community} ${who.email}`);
  const account = await call.run((tx) => accountByEmail(tx, community, who.email));
  const fits = await isPassword(who.password, account?.passwordHash ?? undefined);
  if (!fits || account === undefined) return refuse("unauthenticated", "hub.wrong-password");
  await beginSession(call, account.accountId);
}

/** Sends a member a link that signs them in; to a stranger's address nothing goes, and nobody is told which it was. */
export async function sendSignLink(call: HubCall, email: string): Promise<void> {
  const { community, facts, limits } = call;
  if (!call.mailer.works) refuse("unavailable", "hub.no-mail");
  limits.take("reset.address", call.address);
  limits.take("reset.account", `${community} ${email}`);
  const secret = newSecret();
  const expiresAt = call.now() + SIGN_LINK_MINUTES * 60_000;
  await call.databases.asOwner(async (tx) => {
    const account = await accountByEmail(tx, community, email);
    if (account === undefined) return;
    await addSignLink(tx, community, { tokenHash: secretHash(secret), accountId: account.accountId, expiresAt });
    const say = { locale: call.locale };
    const letter = {
      to: email,
      locale: call.locale,
      subject: m.hub_letter_sign_in_subject({ community: facts.name }, say),
      paragraphs: [m.hub_letter_sign_in_text({ name: account.name, minutes: SIGN_LINK_MINUTES }, say)],
      button: {
        label: m.hub_letter_sign_in_button({}, say),
        url: `${call.publicUrl}${hubPath(facts.slug)}/enter/${homedToken(community, secret)}`,
      },
      footnote: m.hub_letter_sign_in_mistake({}, say),
    };
    await postLetter(call, tx, { letter, kind: "hub.sign-in", hours: 1 });
  });
}

/** Signs somebody in by the link of a letter, once. */
export async function openSignLink(call: HubCall, token: string): Promise<void> {
  call.limits.take("link.address", call.address);
  const read = readHomedToken(token);
  if (read?.communityId !== call.community) return refuse("not-found", "hub.link-over");
  const link = { tokenHash: secretHash(read.secret), now: call.now() };
  const accountId = await call.run((tx) => takeSignLink(tx, call.community, link));
  if (accountId === undefined) return refuse("not-found", "hub.link-over");
  await beginSession(call, accountId);
}

/** Ends a member's account: told like any leaving. What they wrote stays under their name; the team erases that on request. */
export async function leave(call: HubCall): Promise<void> {
  const { visitor, community } = call;
  if (visitor.kind !== "member") return refuse("forbidden", "hub.team-stays");
  const at = call.now();
  const space = wholeHub(call);
  const { accountId, name } = visitor;
  const member = authorOf(visitor, false);
  const move = {
    spaceExternalId: space.externalId,
    externalId: `${accountId} left`,
    position: 0,
    member,
    name,
    kind: "left" as const,
    happenedAt: at,
  };
  const intake = await hubIntake(call);
  await intake.take([{ kind: "moved", receipt: `leave ${accountId}`, spaces: [space], move }], {
    after: (tx) => closeAccount(tx, community, { id: accountId, at }),
  });
  await endSession(call);
}
