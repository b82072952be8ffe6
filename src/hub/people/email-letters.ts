import type { Letter } from "#src/base/mail/letter.ts";
import { m } from "#words";
import { EMAIL_CHANGE_HOURS } from "../model.ts";
import type { LeavingChoice } from "../store/leavings.ts";
import { dayText } from "../site/moment.ts";
import { type About, hubHome } from "./letters.ts";

/** Asks whoever reads an address whether they want to sign in with it. */
export function confirmEmailLetter({ to, name, locale, place, token }: About & { token: string }): Letter {
  const say = { locale };
  const community = place.facts.name;
  return {
    to,
    locale,
    subject: m.hub_letter_email_subject({ community }, say),
    paragraphs: [m.hub_letter_email_text({ name, community, count: EMAIL_CHANGE_HOURS }, say)],
    button: { label: m.hub_letter_email_button({}, say), url: `${hubHome(place)}/email/${token}` },
    footnote: m.hub_letter_sign_in_mistake({}, say),
  };
}

/** Tells whoever has an address already that a member wanted to sign in with it. */
export function emailTakenLetter({ to, locale, place }: Omit<About, "name">): Letter {
  const say = { locale };
  const community = place.facts.name;
  return {
    to,
    locale,
    subject: m.hub_letter_known_subject({ community }, say),
    paragraphs: [m.hub_letter_email_taken_text({ community }, say)],
    footnote: m.hub_letter_known_mistake({}, say),
  };
}

/** Tells the address before that it opens nothing any more. */
export function emailChangedLetter({ to, name, locale, place, next }: About & { next: string }): Letter {
  const say = { locale };
  const community = place.facts.name;
  return {
    to,
    locale,
    subject: m.hub_letter_email_changed_subject({ community }, say),
    paragraphs: [
      m.hub_letter_email_changed_text({ name, community, email: next }, say),
      m.hub_letter_email_changed_mistake({}, say),
    ],
  };
}

/** Tells a member that their account has another password, or its first one. */
export function passwordSetLetter({ to, name, locale, place }: About): Letter {
  const say = { locale };
  const community = place.facts.name;
  return {
    to,
    locale,
    subject: m.hub_letter_password_set_subject({ community }, say),
    paragraphs: [m.hub_letter_password_set_text({ name, community }, say), m.hub_letter_password_set_mistake({}, say)],
    button: { label: m.hub_letter_password_set_button({}, say), url: `${hubHome(place)}/forgot` },
  };
}

/** Tells a member that the team made a link by which their password is set anew. */
export function teamLinkLetter({ to, name, locale, place }: About): Letter {
  const say = { locale };
  const community = place.facts.name;
  return {
    to,
    locale,
    subject: m.hub_letter_team_link_subject({ community }, say),
    paragraphs: [m.hub_letter_team_link_text({ name, community }, say)],
  };
}

const leavingWords: Record<LeavingChoice, typeof m.hub_letter_leaving_named> = {
  named: m.hub_letter_leaving_named,
  unnamed: m.hub_letter_leaving_unnamed,
  deleted: m.hub_letter_leaving_deleted,
};

/** Confirms a leaving: what will happen on which day, and how to come back until then. */
export function leavingLetter(
  about: About & { readonly choice: LeavingChoice; readonly until: number; readonly timeZone: string },
): Letter {
  const { to, name, locale, place, choice, until, timeZone } = about;
  const say = { locale };
  const community = place.facts.name;
  const date = dayText(new Date(until), { locale, timeZone });
  return {
    to,
    locale,
    subject: m.hub_letter_leaving_subject({ community }, say),
    paragraphs: [m.hub_letter_leaving_text({ name, community, date }, say), leavingWords[choice]({}, say)],
    button: { label: m.hub_letter_leaving_button({}, say), url: `${hubHome(place)}/sign-in` },
    footnote: m.hub_letter_leaving_mistake({}, say),
  };
}

const farewellWords: Record<LeavingChoice, typeof m.hub_letter_left_named> = {
  named: m.hub_letter_left_named,
  unnamed: m.hub_letter_left_unnamed,
  deleted: m.hub_letter_left_deleted,
};

/** The last letter: the account is closed, what was chosen is done, and the address is forgotten. */
export function farewellLetter({
  to,
  name,
  locale,
  place,
  choice,
}: About & { readonly choice: LeavingChoice }): Letter {
  const say = { locale };
  const community = place.facts.name;
  return {
    to,
    locale,
    subject: m.hub_letter_left_subject({ community }, say),
    paragraphs: [
      m.hub_letter_left_text({ name, community }, say),
      farewellWords[choice]({}, say),
      m.hub_letter_left_welcome({ address: hubHome(place) }, say),
    ],
    footnote: m.hub_letter_left_last({}, say),
  };
}
