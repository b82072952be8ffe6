import { m } from "#words";
import type { Role } from "../../model.ts";

const names: Record<Role, () => string> = {
  owner: m.accounts_role_owner,
  admin: m.accounts_role_admin,
  moderator: m.accounts_role_moderator,
  editor: m.accounts_role_editor,
  analyst: m.accounts_role_analyst,
};

/** A role as people call it. */
export function roleName(role: Role): string {
  return names[role]();
}
