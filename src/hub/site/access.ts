import { m } from "#words";
import type { ProviderName } from "../model.ts";
import { clockOf, documentOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import { dayOf } from "./moment.ts";
import { passkeyPart, passkeyProof } from "./passkeys.ts";
import { platformNames, waysIn } from "./platform-links.ts";
import type { HubVisit } from "./visit.ts";

function platformLines(visit: HubVisit, linked: readonly { platform: ProviderName; name: string }[]): Html | false {
  const { home } = visit;
  const free = waysIn(visit).filter((way) => linked.every(({ platform }) => platform !== way));
  if (linked.length + free.length === 0) return false;
  const lines = linked.map(
    ({ platform, name }) =>
      markup`<li><div><b>${platformNames[platform]}</b><div class="meta">${name}</div></div><form method="post" action="${home}/me/access/unlink"><input type="hidden" name="platform" value="${platform}"><button>${m.hub_by_unlink()}</button></form></li>`,
  );
  const links = free.map(
    (way) =>
      markup`<a class="button" href="${home}/by/${way}?link=yes">${m.hub_by_link({ platform: platformNames[way] })}</a>`,
  );
  return markup`<section class="part"><h2>${m.hub_by_title()}</h2>${lines.length > 0 && markup`<ul class="list">${lines}</ul>`}${links.length > 0 && markup`<p class="row">${links}</p>`}<p class="hint">${m.hub_by_hint()}</p></section>`;
}

/** Asks for the proof without which nothing that opens the account is changed. */
function proofPart(
  visit: HubVisit,
  own: { hasPassword: boolean; hasPasskeys: boolean; linked: readonly ProviderName[] },
): Html {
  const { home } = visit;
  const password = markup`<form class="stack" method="post" action="${home}/me/access/prove"><label>${m.hub_field_password()}<input name="password" type="password" required maxlength="128" autocomplete="current-password"></label><div><button class="main">${m.hub_prove_go()}</button></div></form>`;
  const again = new URLSearchParams({ to: `${home}/me/access` }).toString();
  const links = waysIn(visit)
    .filter((way) => own.linked.includes(way))
    .map(
      (way) =>
        markup`<a class="button" href="${home}/by/${way}?${again}">${m.hub_by({ platform: platformNames[way] })}</a>`,
    );
  return markup`<section class="part"><h2>${m.hub_prove_title()}</h2><p>${m.hub_prove_text()}</p>${own.hasPassword && password}${own.hasPasskeys && passkeyProof(visit)}${links.length > 0 && markup`<p class="row">${links}</p>`}</section>`;
}

/** The address that signs somebody in, and how another one comes in its place. */
function addressPart(
  { call, home }: HubVisit,
  { email, awaited, isProved }: { email: string | null; awaited: string | null; isProved: boolean },
): Html {
  const now = markup`<p>${email === null ? m.hub_address_none() : markup`<b>${email}</b>`}</p>`;
  if (!call.mailer.works)
    return markup`<section class="part"><h2>${m.hub_field_email()}</h2>${now}<p class="hint">${m.hub_address_by_team()}</p></section>`;
  const waits =
    awaited !== null &&
    markup`<div class="note"><p>${m.hub_address_waits({ email: awaited })}</p><form method="post" action="${home}/me/access/email/drop"><button>${m.hub_address_drop()}</button></form></div>`;
  const form = markup`<form class="stack" method="post" action="${home}/me/access/email"><label>${m.hub_address_new()}<input name="email" type="email" required maxlength="254" autocomplete="email"><small>${m.hub_address_hint()}</small></label><div><button>${m.hub_address_change()}</button></div></form>`;
  return markup`<section class="part"><h2>${m.hub_field_email()}</h2>${now}${waits}${isProved ? form : markup`<p class="hint">${m.hub_address_prove()}</p>`}</section>`;
}

/** Another password, or the first one: of whoever has just proved who they are, and has an address to sign in with. */
function passwordPart({ home }: HubVisit, own: { hasPassword: boolean; hasEmail: boolean; isProved: boolean }): Html {
  const lacks =
    !own.hasPassword && (own.hasEmail ? !own.isProved && m.hub_password_prove() : m.hub_password_no_email());
  const title = markup`<h2>${m.hub_password_change()}</h2>`;
  const none = !own.hasPassword && markup`<p>${m.hub_password_none()}</p>`;
  if (lacks !== false) return markup`<section class="part">${title}${none}<p class="hint">${lacks}</p></section>`;
  const current =
    own.hasPassword &&
    markup`<label>${m.hub_field_current_password()}<input name="current" type="password" required maxlength="128" autocomplete="current-password"></label>`;
  return markup`<section class="part">${title}${none}<form class="stack" method="post" action="${home}/me/access/password">${current}<label>${m.hub_field_new_password()}<input name="password" type="password" required minlength="12" maxlength="128" autocomplete="new-password"><small>${m.hub_password_hint()}</small></label><p class="hint">${m.hub_password_elsewhere()}</p><div><button class="main">${m.hub_password_set()}</button></div></form></section>`;
}

/** How a member signs in, and where they are signed in. */
export async function accessPage(visit: HubVisit, note: Html | false = false): Promise<string> {
  const { api, home, slug } = visit;
  const { items } = await api.people.sessions({ community: slug });
  const lines = items.map(({ id, device, seenAt, isThis }) => {
    const out = markup`<form method="post" action="${home}/me/access/end"><input type="hidden" name="session" value="${id}"><button>${m.hub_session_end()}</button></form>`;
    return markup`<li><div><b>${device === "" ? m.hub_session_unknown() : device}</b><div class="meta">${m.hub_session_seen()} ${dayOf(seenAt, clockOf(visit))}</div></div><div>${isThis ? markup`<span class="mark good">${m.hub_session_this()}</span>` : out}</div></li>`;
  });
  const others =
    items.length > 1 &&
    markup`<form method="post" action="${home}/me/access/end-others"><button>${m.hub_session_end_others()}</button></form>`;
  const { items: linked, hasPassword, isProved } = await api.people.myWays({ community: slug });
  const { items: passkeys } = await api.people.myPasskeys({ community: slug });
  const address = await api.people.myAddress({ community: slug });
  const hasPasskeys = passkeys.some(({ isHere }) => isHere);
  const proof =
    !isProved && proofPart(visit, { hasPassword, hasPasskeys, linked: linked.map(({ platform }) => platform) });
  const ways = platformLines(visit, linked);
  const main = markup`<p><a href="${home}/me">${m.hub_me()}</a></p><h1>${m.hub_access_title()}</h1>${note}${proof}${passkeyPart(visit, { items: passkeys, isProved })}<section class="part"><h2>${m.hub_sessions()}</h2><ul class="list">${lines}</ul>${others}</section>${ways}${addressPart(visit, { ...address, isProved })}${passwordPart(visit, { hasPassword, hasEmail: address.email !== null, isProved })}`;
  return documentOf(visit, { title: m.hub_access_title(), main, isPlain: true });
}
