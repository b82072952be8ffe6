import type { Locale } from "#src/base/locale.ts";
import type { Letter } from "#src/base/mail/letter.ts";
import { m } from "#words";
import { hubAddress, SIGN_LINK_MINUTES, SIGN_UP_HOURS } from "../model.ts";
import type { LinkPurpose } from "../store/sign-links.ts";

/** The hub a letter comes from. */
export interface LetterPlace {
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly facts: { readonly slug: string; readonly name: string };
  readonly hub: { readonly domain: string | null };
}

/** To whom a letter about an account goes. */
export interface About {
  readonly to: string;
  readonly name: string;
  readonly locale: Locale;
  readonly place: LetterPlace;
}

/** The hub's own address, without a slash at the end. */
export const hubHome = ({ publicUrl, facts, hub }: LetterPlace): string =>
  hubAddress(publicUrl, { slug: facts.slug, domain: hub.domain });

/** Asks whoever wants to join to open a link, which shows that the address is theirs. */
export function welcomeLetter({ to, name, locale, place, token }: About & { readonly token: string }): Letter {
  const say = { locale };
  const community = place.facts.name;
  return {
    to,
    locale,
    subject: m.hub_letter_welcome_subject({ community }, say),
    paragraphs: [m.hub_letter_welcome_text({ name, community, count: SIGN_UP_HOURS }, say)],
    button: { label: m.hub_letter_welcome_button({}, say), url: `${hubHome(place)}/confirm/${token}` },
    footnote: m.hub_letter_welcome_mistake({}, say),
  };
}

/** Tells a member that somebody wanted to join with their address. */
export function knownLetter({ to, locale, place }: About): Letter {
  const say = { locale };
  const community = place.facts.name;
  return {
    to,
    locale,
    subject: m.hub_letter_known_subject({ community }, say),
    paragraphs: [m.hub_letter_known_text({ community }, say)],
    button: { label: m.hub_letter_known_button({}, say), url: `${hubHome(place)}/sign-in` },
    footnote: m.hub_letter_known_mistake({}, say),
  };
}

/** Carries the link by which a member signs in, or sets another password. */
export function linkLetter(about: About & { readonly token: string; readonly purpose: LinkPurpose }): Letter {
  const { to, name, locale, place, token, purpose } = about;
  const say = { locale };
  const community = place.facts.name;
  const minutes = SIGN_LINK_MINUTES;
  if (purpose === "sign-in")
    return {
      to,
      locale,
      subject: m.hub_letter_sign_in_subject({ community }, say),
      paragraphs: [m.hub_letter_sign_in_text({ name, minutes }, say)],
      button: { label: m.hub_letter_sign_in_button({}, say), url: `${hubHome(place)}/enter/${token}` },
      footnote: m.hub_letter_sign_in_mistake({}, say),
    };
  return {
    to,
    locale,
    subject: m.hub_letter_password_subject({ community }, say),
    paragraphs: [m.hub_letter_password_text({ name, minutes }, say)],
    button: { label: m.hub_letter_password_button({}, say), url: `${hubHome(place)}/password/${token}` },
    footnote: m.hub_letter_sign_in_mistake({}, say),
  };
}
