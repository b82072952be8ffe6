import { Select } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import type { Role } from "../../model.ts";
import { roleAbout, roleName } from "./role-name.ts";

/** A choice among roles, with a sentence on what the chosen one is for. The lowest stands chosen unless told otherwise. */
export function RoleSelect({ roles, value }: { roles: readonly Role[]; value?: Role }) {
  const [chosen, setChosen] = useState<Role>(value ?? roles.at(-1) ?? "analyst");
  return (
    <Select
      name="role"
      label={m.accounts_page_key_role()}
      description={roleAbout(chosen)}
      inputWrapperOrder={["label", "input", "description", "error"]}
      data={roles.toReversed().map((role) => ({ value: role, label: roleName(role) }))}
      value={chosen}
      onChange={(next) => setChosen(roles.find((role) => role === next) ?? chosen)}
      allowDeselect={false}
      data-autofocus
    />
  );
}
