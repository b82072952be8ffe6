import { m } from "#words";
import { hostOf, takesPasskeys } from "../people/passkeys.ts";
import { clockOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import { moment } from "./moment.ts";
import { passkeyScriptName } from "./script.ts";
import type { HubClient, HubVisit } from "./visit.ts";

type OwnPasskey = Awaited<ReturnType<HubClient["people"]["myPasskeys"]>>["items"][number];

/** The script of pages with passkeys; nothing while it is not built. */
const script = (): Html | false =>
  passkeyScriptName !== undefined && markup`<script type="module" src="/c/-/${passkeyScriptName}"></script>`;

/**
 * A button that has a passkey made or asked for; the browser's answer is sent with the form it stands in to `action`.
 * Without script, in browsers that have no passkeys, and on a page opened at another address than the hub's, a sentence
 * stands in its place.
 */
function passkeyButton(
  { call }: HubVisit,
  action: string,
  asked: { deed: "make" | "sign"; label: string; isMain?: boolean },
): Html {
  const { deed, label, isMain = false } = asked;
  return markup`<div><input type="hidden" name="signed"><button type="button" data-passkey="${deed}" data-host="${hostOf(call)}" formaction="${action}"${isMain && markup` class="main"`} hidden>${label}</button><p class="hint" data-passkey-stopped role="alert" hidden>${m.hub_passkey_stopped()}</p><p class="hint" data-passkey-none hidden>${m.hub_passkey_none_here()}</p><noscript><p class="hint">${m.hub_passkey_no_script()}</p></noscript>${script()}</div>`;
}

/** Signing in by a passkey, on the page of signing in; nothing where no browser takes any. */
export function passkeySignIn(visit: HubVisit, to: string): Html | false {
  const { home, call } = visit;
  if (!takesPasskeys(call.publicUrl)) return false;
  return markup`<section class="part"><h2>${m.hub_passkey_title()}</h2><form class="stack" method="post" action="${home}/sign-in/passkey"><input type="hidden" name="to" value="${to}"><p class="hint">${m.hub_passkey_sign_in_hint()}</p>${passkeyButton(visit, `${home}/sign-in/passkey`, { deed: "sign", label: m.hub_passkey_sign_in() })}</form></section>`;
}

/** Joining by a passkey, inside the form of joining: address and password are not needed then. Nothing where no browser takes any. */
export function passkeyJoin(visit: HubVisit): Html | false {
  const { home, call } = visit;
  if (!takesPasskeys(call.publicUrl)) return false;
  return markup`<p class="hint">${m.hub_passkey_join_hint()}</p>${passkeyButton(visit, `${home}/join/passkey`, { deed: "make", label: m.hub_passkey_join() })}`;
}

/** Proving by a passkey that it is oneself; nothing where no browser takes any. */
export function passkeyProof(visit: HubVisit): Html | false {
  const { home, call } = visit;
  if (!takesPasskeys(call.publicUrl)) return false;
  const action = `${home}/me/access/prove/passkey`;
  return markup`<form class="stack" method="post" action="${action}">${passkeyButton(visit, action, { deed: "sign", label: m.hub_passkey_use() })}</form>`;
}

function line(visit: HubVisit, passkey: OwnPasskey, isProved: boolean): Html {
  const { id, name, host, isHere, madeAt, usedAt } = passkey;
  const when = (at: string): Html => moment(new Date(at), clockOf(visit));
  const used = usedAt === null ? m.hub_passkey_unused() : markup`${m.hub_passkey_used()} ${when(usedAt)}`;
  const drop =
    isProved &&
    markup`<form method="post" action="${visit.home}/me/access/passkey/drop"><input type="hidden" name="passkey" value="${id}"><p>${m.hub_passkey_drop_text()}</p><button class="danger">${m.hub_passkey_drop()}</button></form>`;
  const rename = markup`<form class="stack" method="post" action="${visit.home}/me/access/passkey/rename"><input type="hidden" name="passkey" value="${id}"><label>${m.hub_passkey_name()}<input name="name" required maxlength="60" value="${name}"></label><div><button>${m.hub_save()}</button></div></form>`;
  return markup`<li><div><b>${name}</b>${!isHere && markup` <span class="mark">${m.hub_passkey_elsewhere({ host })}</span>`}<div class="meta">${m.hub_passkey_made()} ${when(madeAt)} · ${used}</div></div><details><summary>${m.hub_passkey_change()}</summary>${rename}${drop}</details></li>`;
}

/** A member's passkeys; they are added and removed once it is proved who asks. */
export function passkeyPart(visit: HubVisit, own: { items: readonly OwnPasskey[]; isProved: boolean }): Html {
  const { items, isProved } = own;
  const action = `${visit.home}/me/access/passkey`;
  const add = markup`<form class="stack" method="post" action="${action}"><label>${m.hub_passkey_name()}<input name="name" required maxlength="60" placeholder="${m.hub_passkey_name_example()}"><small>${m.hub_passkey_name_hint()}</small></label>${passkeyButton(visit, action, { deed: "make", label: m.hub_passkey_add() })}</form>`;
  const none = !takesPasskeys(visit.call.publicUrl) && markup`<p class="hint">${m.hub_passkey_needs_https()}</p>`;
  const added = none || (isProved ? add : markup`<p class="hint">${m.hub_prove_before()}</p>`);
  const list =
    items.length > 0 && markup`<ul class="list">${items.map((passkey) => line(visit, passkey, isProved))}</ul>`;
  return markup`<section class="part" id="passkeys"><h2>${m.hub_passkeys()}</h2><p>${m.hub_passkeys_text()}</p>${list}${added}</section>`;
}
