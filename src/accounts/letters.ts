import type { Locale } from "#src/base/locale.ts";
import type { Letter } from "#src/base/mail/letter.ts";
import { m } from "#words";
import type { Role } from "./model.ts";
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
