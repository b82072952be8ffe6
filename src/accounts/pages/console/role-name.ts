import type { Locale } from "#words/runtime";
import { m } from "#words";
import type { Role } from "../../model.ts";

const names: Record<Role, typeof m.accounts_role_owner> = {
  owner: m.accounts_role_owner,
  admin: m.accounts_role_admin,
  moderator: m.accounts_role_moderator,
  editor: m.accounts_role_editor,
  analyst: m.accounts_role_analyst,
};

/** A role as people call it, in the language spoken now or in a given one. */
export function roleName(role: Role, locale?: Locale): string {
  return names[role]({}, locale === undefined ? undefined : { locale });
}

const abouts: Record<Role, () => string> = {
  owner: m.accounts_role_owner_about,
  admin: m.accounts_role_admin_about,
  moderator: m.accounts_role_moderator_about,
  editor: m.accounts_role_editor_about,
  analyst: m.accounts_role_analyst_about,
};

/** One sentence on what a role is for. */
export function roleAbout(role: Role): string {
  return abouts[role]();
}
