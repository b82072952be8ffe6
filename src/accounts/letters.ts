import type { Locale } from "#src/base/locale.ts";
import type { Letter } from "#src/base/mail/letter.ts";
import { m } from "#words";
import { EMAIL_CHANGE_HOURS, type Role } from "./model.ts";
import { roleName } from "./pages/console/role-name.ts";

/** Invites somebody into a team. */
export function invitationLetter(about: {
  to: string;
  locale: Locale;
  community: string;
  role: Role;
  invitedBy: string | undefined;
  days: number;
  link: string;
}): Letter {
  const { to, locale, community, role, invitedBy, days, link } = about;
  const say = { locale };
  const words = { community, role: roleName(role, locale), name: invitedBy ?? community };
  return {
    to,
    locale,
    subject: m.accounts_letter_invitation_subject({ community }, say),
    paragraphs: [m.accounts_letter_invitation_text(words, say), m.accounts_letter_link_once({ count: days }, say)],
    button: { label: m.accounts_letter_invitation_button({}, say), url: link },
    footnote: m.accounts_letter_invitation_mistake({}, say),
  };
}

/** Lets somebody set a new password. */
export function resetLetter(about: { to: string; name: string; locale: Locale; hours: number; link: string }): Letter {
  const { to, name, locale, hours, link } = about;
  const say = { locale };
  return {
    to,
    locale,
    subject: m.accounts_letter_reset_subject({}, say),
    paragraphs: [
      m.accounts_letter_hello({ name }, say),
      m.accounts_letter_reset_text({}, say),
      m.accounts_letter_link_hours({ count: hours }, say),
    ],
    button: { label: m.accounts_letter_reset_button({}, say), url: link },
    footnote: m.accounts_letter_reset_mistake({}, say),
  };
}

/** Tells somebody that the way they sign in has changed, so that a thief's change does not stay unseen. */
export function changedLetter(about: { to: string; name: string; locale: Locale; publicUrl: string }): Letter {
  const { to, name, locale, publicUrl } = about;
  const say = { locale };
  return {
    to,
    locale,
    subject: m.accounts_letter_changed_subject({}, say),
    paragraphs: [m.accounts_letter_hello({ name }, say), m.accounts_letter_changed_text({}, say)],
    button: { label: m.accounts_letter_changed_button({}, say), url: `${publicUrl}/console/forgot` },
  };
}

/** Asks whoever reads an address whether they want to sign in with it. */
export function confirmEmailLetter(about: { to: string; name: string; locale: Locale; link: string }): Letter {
  const { to, name, locale, link } = about;
  const say = { locale };
  return {
    to,
    locale,
    subject: m.accounts_letter_email_subject({}, say),
    paragraphs: [
      m.accounts_letter_hello({ name }, say),
      m.accounts_letter_email_text({ email: to }, say),
      m.accounts_letter_link_hours({ count: EMAIL_CHANGE_HOURS }, say),
    ],
    button: { label: m.accounts_letter_email_button({}, say), url: link },
    footnote: m.accounts_letter_email_mistake({}, say),
  };
}

/** Tells whoever has an address already that somebody wanted to sign in with it. */
export function emailTakenLetter(about: { to: string; locale: Locale; publicUrl: string }): Letter {
  const { to, locale, publicUrl } = about;
  const say = { locale };
  return {
    to,
    locale,
    subject: m.accounts_letter_email_taken_subject({}, say),
    paragraphs: [m.accounts_letter_email_taken_text({ email: to }, say)],
    button: { label: m.accounts_letter_email_taken_button({}, say), url: `${publicUrl}/console/sign-in` },
  };
}

/** Tells the address before that it opens nothing any more. */
export function emailChangedLetter(about: { to: string; name: string; locale: Locale; next: string }): Letter {
  const { to, name, locale, next } = about;
  const say = { locale };
  return {
    to,
    locale,
    subject: m.accounts_letter_email_changed_subject({}, say),
    paragraphs: [
      m.accounts_letter_hello({ name }, say),
      m.accounts_letter_email_changed_text({ email: next }, say),
      m.accounts_letter_email_changed_mistake({}, say),
    ],
  };
}
