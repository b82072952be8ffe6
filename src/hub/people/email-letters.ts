import type { Locale } from "#src/base/locale.ts";
import type { Letter } from "#src/base/mail/letter.ts";
import { m } from "#words";
import { EMAIL_CHANGE_HOURS, hubAddress } from "../model.ts";
import type { LetterPlace } from "./letters.ts";

/** To whom a letter about an account goes. */
export interface AboutAccount {
  readonly to: string;
  readonly name: string;
  readonly locale: Locale;
  readonly place: LetterPlace;
}

/** Asks whoever reads an address whether they want to sign in with it. */
export function confirmEmailLetter({ to, name, locale, place, token }: AboutAccount & { token: string }): Letter {
  const say = { locale };
  const community = place.facts.name;
  const url = `${hubAddress(place.publicUrl, { slug: place.facts.slug, domain: place.hub.domain })}/email/${token}`;
  return {
    to,
    locale,
    subject: m.hub_letter_email_subject({ community }, say),
    paragraphs: [m.hub_letter_email_text({ name, community, count: EMAIL_CHANGE_HOURS }, say)],
    button: { label: m.hub_letter_email_button({}, say), url },
    footnote: m.hub_letter_sign_in_mistake({}, say),
  };
}

/** Tells whoever has an address already that a member wanted to sign in with it. */
export function emailTakenLetter({ to, locale, place }: Omit<AboutAccount, "name">): Letter {
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
export function emailChangedLetter({ to, name, locale, place, next }: AboutAccount & { next: string }): Letter {
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

/** Tells a member that the team made a link by which their password is set anew. */
export function teamLinkLetter({ to, name, locale, place }: AboutAccount): Letter {
  const say = { locale };
  const community = place.facts.name;
  return {
    to,
    locale,
    subject: m.hub_letter_team_link_subject({ community }, say),
    paragraphs: [m.hub_letter_team_link_text({ name, community }, say)],
  };
}
