import { m } from "#words";
import { documentOf } from "./frame.ts";
import { inwardAddress } from "./outward.ts";
import { markup, type Html } from "./html.ts";
import { newQuestion } from "../people/question.ts";
import { numberWord } from "./number-words.ts";
import { passkeyJoin, passkeySignIn } from "./passkeys.ts";
import { platformLinks } from "./platform-links.ts";
import type { HubVisit } from "./visit.ts";

/** Where somebody goes on to after coming in: an address of this hub and no other. */
export function wayOn(
  { home, url }: Pick<HubVisit, "home" | "url">,
  asked: string | null = url.searchParams.get("to"),
): string {
  if (asked === null || !URL.canParse(asked, "http://here")) return home;
  const { origin, pathname: typed, search } = new URL(asked, "http://here");
  const pathname = inwardAddress(typed);
  const isHere = origin === "http://here" && (pathname === home || pathname.startsWith(`${home}/`));
  return isHere ? `${pathname}${search}` : home;
}

/** What was typed into the form of joining, without the password. */
export interface TypedNewcomer {
  readonly name: string;
  readonly email: string;
  readonly invitation: string;
  /** A question has to be answered, because many join at once. */
  readonly isAsked?: boolean;
}

function questionField({ call }: HubVisit): Html {
  const { token, first, second } = newQuestion(call);
  return markup`<input type="hidden" name="question" value="${token}"><label>${m.hub_question_sum({ first: numberWord(first), second: numberWord(second) })}<input name="answer" required inputmode="numeric" maxlength="2" autocomplete="off"><small>${m.hub_question_why()}</small></label>`;
}

/** Joining: name, address, password, and the rules. */
export function joinPage(visit: HubVisit, typed: TypedNewcomer, note: Html | false = false): string {
  const { call, home } = visit;
  const { joining, rules } = call.hub;
  const isShut = joining === "nobody" || (joining === "invited" && typed.invitation === "");
  const shut = markup`<div class="note"><p>${joining === "nobody" ? m.hub_joining_nobody() : m.hub_joining_invited()}</p></div>`;
  const form = markup`<section class="part"><form class="stack" method="post" action="${home}/join"><input type="hidden" name="to" value="${wayOn(visit)}"><input type="hidden" name="invitation" value="${typed.invitation}"><label>${m.hub_field_name()}<input name="name" required minlength="2" maxlength="30" autocomplete="nickname" value="${typed.name}"><small>${m.hub_name_hint()}</small></label><label>${m.hub_field_email()}<input name="email" type="email" required maxlength="254" autocomplete="email" value="${typed.email}"><small>${m.hub_email_hint()}</small></label><label>${m.hub_field_password()}<input name="password" type="password" required minlength="12" maxlength="128" autocomplete="new-password"><small>${m.hub_password_hint()}</small></label>${typed.isAsked === true && questionField(visit)}${rules !== "" && markup`<section><h2>${m.hub_rules()}</h2><pre class="source">${rules}</pre></section>`}<label class="check"><input type="checkbox" name="acceptsRules" value="yes" required><span>${rules === "" ? m.hub_accept_plain() : m.hub_accept_rules()}</span></label><div><button class="main">${m.hub_join()}</button></div>${passkeyJoin(visit)}</form></section>`;
  const main = markup`<h1>${m.hub_join_title({ name: call.facts.name })}</h1>${note}${isShut ? shut : form}${!isShut && platformLinks(visit, { to: wayOn(visit), invitation: typed.invitation })}<p>${m.hub_have_account()} <a href="${home}/sign-in">${m.hub_nav_sign_in()}</a></p>`;
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
  const main = markup`<h1>${m.hub_sign_in_title()}</h1>${note}<section class="part"><form class="stack" method="post" action="${home}/sign-in"><input type="hidden" name="to" value="${wayOn(visit)}"><label>${m.hub_field_email()}<input name="email" type="email" required maxlength="254" autocomplete="email" value="${email}"></label><label>${m.hub_field_password()}<input name="password" type="password" required maxlength="128" autocomplete="current-password"></label><div><button class="main">${m.hub_nav_sign_in()}</button></div></form><p><a href="${home}/forgot">${m.hub_forgot_link()}</a></p></section>${passkeySignIn(visit, wayOn(visit))}${platformLinks(visit, { to: wayOn(visit) })}${byLink}${join}`;
  return documentOf(visit, { title: m.hub_sign_in_title(), main, isPlain: true });
}

/** Behind the link of a letter: mail programs open links by themselves, so that coming in takes a press of a button. */
export function enterPage(visit: HubVisit, token: string): string {
  const main = markup`<h1>${m.hub_enter_title({ name: visit.call.facts.name })}</h1><form method="post" action="${visit.home}/enter/${token}"><button class="main">${m.hub_nav_sign_in()}</button></form>`;
  return documentOf(visit, { title: m.hub_sign_in_title(), main, isPlain: true });
}

/** After joining where letters go out: the letter has to be opened. It reads the same whether the address is known or not. */
export function letterSentPage(visit: HubVisit, email: string): string {
  const main = markup`<h1>${m.hub_letter_sent_title()}</h1><div class="note" role="status"><p>${m.hub_letter_sent_text({ email })}</p></div><p class="hint">${m.hub_letter_sent_hint()}</p><p><a href="${visit.home}">${m.hub_back_home()}</a></p>`;
  return documentOf(visit, { title: m.hub_letter_sent_title(), main, isPlain: true });
}

/** Behind the link of the letter to a newcomer: as whom they come in. The name can be changed when somebody took it meanwhile. */
export function confirmPage(
  visit: HubVisit,
  asked: { token: string; name: string; isTaken?: boolean; note?: Html },
): string {
  const { token, name, isTaken = false, note = false } = asked;
  const again = markup`<label>${m.hub_field_name()}<input name="name" required minlength="2" maxlength="30" autocomplete="nickname" value="${name}"><small>${m.hub_name_hint()}</small></label>`;
  const main = markup`<h1>${m.hub_confirm_title({ name: visit.call.facts.name })}</h1>${note}<p class="lead">${m.hub_confirm_text({ name })}</p><form class="stack" method="post" action="${visit.home}/confirm/${token}">${isTaken && again}<div><button class="main">${m.hub_confirm()}</button></div></form>`;
  return documentOf(visit, { title: m.hub_nav_join(), main, isPlain: true });
}

/** Behind the link of the letter to another address; as above, confirming takes a press of a button. */
export function addressPage(visit: HubVisit, token: string): string {
  const main = markup`<h1>${m.hub_address_confirm_title()}</h1><p class="lead">${m.hub_address_confirm_text({ name: visit.call.facts.name })}</p><form method="post" action="${visit.home}/email/${token}"><button class="main">${m.hub_address_confirm()}</button></form>`;
  return documentOf(visit, { title: m.hub_address_confirm_title(), main, isPlain: true });
}

/** After an address was confirmed. */
export function addressDonePage(visit: HubVisit): string {
  const main = markup`<h1>${m.hub_address_done_title()}</h1><p class="lead">${m.hub_address_done_text()}</p><p><a href="${visit.home}">${m.hub_back_home()}</a></p>`;
  return documentOf(visit, { title: m.hub_address_done_title(), main, isPlain: true });
}

/** Asking for a letter by which to set another password. */
export function forgotPage(visit: HubVisit, note: Html | false = false): string {
  const { call, home } = visit;
  const form = markup`<p class="lead">${m.hub_forgot_lead()}</p><form class="stack" method="post" action="${home}/forgot"><label>${m.hub_field_email()}<input name="email" type="email" required maxlength="254" autocomplete="email"></label><div><button class="main">${m.hub_link_send()}</button></div></form>`;
  const none = markup`<div class="note"><p>${m.hub_forgot_no_mail()}</p></div>`;
  const main = markup`<h1>${m.hub_forgot_title()}</h1>${note}${call.mailer.works ? form : none}<p><a href="${home}/sign-in">${m.hub_nav_sign_in()}</a></p>`;
  return documentOf(visit, { title: m.hub_forgot_title(), main, isPlain: true });
}

/** Behind the link of the letter: another password. */
export function passwordPage(visit: HubVisit, token: string, note: Html | false = false): string {
  const main = markup`<h1>${m.hub_password_title()}</h1>${note}<form class="stack" method="post" action="${visit.home}/password/${token}"><label>${m.hub_field_new_password()}<input name="password" type="password" required minlength="12" maxlength="128" autocomplete="new-password"><small>${m.hub_password_hint()}</small></label><div><button class="main">${m.hub_password_set()}</button></div></form>`;
  return documentOf(visit, { title: m.hub_password_title(), main, isPlain: true });
}

/** The rules in words. */
export function rulesPage(visit: HubVisit): string {
  const { rules } = visit.call.hub;
  const text =
    rules === "" ? markup`<p class="lead">${m.hub_no_rules()}</p>` : markup`<pre class="source">${rules}</pre>`;
  return documentOf(visit, { title: m.hub_rules(), main: markup`<h1>${m.hub_rules()}</h1>${text}`, isPlain: true });
}
