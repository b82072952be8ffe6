import { m } from "#words";
import { documentOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import type { HubVisit } from "./visit.ts";

/** Where somebody goes on to after coming in: an address of this hub and no other. */
export function wayOn(
  { home, url }: Pick<HubVisit, "home" | "url">,
  asked: string | null = url.searchParams.get("to"),
): string {
  if (asked === null || !URL.canParse(asked, "http://here")) return home;
  const { origin, pathname, search } = new URL(asked, "http://here");
  const isHere = origin === "http://here" && (pathname === home || pathname.startsWith(`${home}/`));
  return isHere ? `${pathname}${search}` : home;
}

/** What was typed into the form of joining, without the password. */
export interface TypedNewcomer {
  readonly name: string;
  readonly email: string;
  readonly invitation: string;
}

/** Joining: name, address, password, and the rules. */
export function joinPage(visit: HubVisit, typed: TypedNewcomer, note: Html | false = false): string {
  const { call, home } = visit;
  const { joining, rules } = call.hub;
  const isShut = joining === "nobody" || (joining === "invited" && typed.invitation === "");
  const shut = markup`<div class="note"><p>${joining === "nobody" ? m.hub_joining_nobody() : m.hub_joining_invited()}</p></div>`;
  const form = markup`<form class="stack" method="post" action="${home}/join"><input type="hidden" name="to" value="${wayOn(visit)}"><input type="hidden" name="invitation" value="${typed.invitation}"><label>${m.hub_field_name()}<input name="name" required minlength="2" maxlength="30" autocomplete="nickname" value="${typed.name}"><small>${m.hub_name_hint()}</small></label><label>${m.hub_field_email()}<input name="email" type="email" required maxlength="254" autocomplete="email" value="${typed.email}"><small>${m.hub_email_hint()}</small></label><label>${m.hub_field_password()}<input name="password" type="password" required minlength="12" maxlength="128" autocomplete="new-password"><small>${m.hub_password_hint()}</small></label>${rules !== "" && markup`<section><h2>${m.hub_rules()}</h2><pre class="source">${rules}</pre></section>`}<label class="check"><input type="checkbox" name="acceptsRules" value="yes" required><span>${rules === "" ? m.hub_accept_plain() : m.hub_accept_rules()}</span></label><div><button class="main">${m.hub_join()}</button></div></form>`;
  const main = markup`<h1>${m.hub_join_title({ name: call.facts.name })}</h1>${note}${isShut ? shut : form}<p>${m.hub_have_account()} <a href="${home}/sign-in">${m.hub_nav_sign_in()}</a></p>`;
  return documentOf(visit, { title: m.hub_nav_join(), main, isPlain: true });
}

/** Signing in: by password, or by a link in a letter where letters go out. */
export function signInPage(visit: HubVisit, email: string, note: Html | false = false): string {
  const { call, home } = visit;
  const byLink =
    call.mailer.works &&
    markup`<section class="part"><h2>${m.hub_link_title()}</h2><form class="stack" method="post" action="${home}/sign-in-link"><label>${m.hub_field_email()}<input name="email" type="email" required maxlength="254" autocomplete="email"></label><div><button>${m.hub_link_send()}</button></div></form></section>`;
  const join =
    call.hub.joining !== "nobody" &&
    markup`<p>${m.hub_no_account()} <a href="${home}/join">${m.hub_nav_join()}</a></p>`;
  const main = markup`<h1>${m.hub_sign_in_title()}</h1>${note}<section class="part"><form class="stack" method="post" action="${home}/sign-in"><input type="hidden" name="to" value="${wayOn(visit)}"><label>${m.hub_field_email()}<input name="email" type="email" required maxlength="254" autocomplete="email" value="${email}"></label><label>${m.hub_field_password()}<input name="password" type="password" required maxlength="128" autocomplete="current-password"></label><div><button class="main">${m.hub_nav_sign_in()}</button></div></form></section>${byLink}${join}`;
  return documentOf(visit, { title: m.hub_sign_in_title(), main, isPlain: true });
}

/** Behind the link of a letter: mail programs open links by themselves, so that coming in takes a press of a button. */
export function enterPage(visit: HubVisit, token: string): string {
  const main = markup`<h1>${m.hub_enter_title({ name: visit.call.facts.name })}</h1><form method="post" action="${visit.home}/enter/${token}"><button class="main">${m.hub_nav_sign_in()}</button></form>`;
  return documentOf(visit, { title: m.hub_sign_in_title(), main, isPlain: true });
}

/** The rules in words. */
export function rulesPage(visit: HubVisit): string {
  const { rules } = visit.call.hub;
  const text =
    rules === "" ? markup`<p class="lead">${m.hub_no_rules()}</p>` : markup`<pre class="source">${rules}</pre>`;
  return documentOf(visit, { title: m.hub_rules(), main: markup`<h1>${m.hub_rules()}</h1>${text}`, isPlain: true });
}
