import { type ComboboxItem, Select } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import { useFieldError } from "#src/web/kit/action-form.tsx";
import { useFoundMembers } from "#src/web/kit/use-found-members.ts";

/** Names a member in a form by a name that one begins to type; the form sends the member's id, or nothing. */
export function MemberField() {
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<ComboboxItem | null>(null);
  const wanted = search === chosen?.label ? "" : search.trim();
  const found = useFoundMembers(wanted);
  const choices = found ?? [];
  return (
    <Select
      name="member"
      label={m.rights_request_member()}
      placeholder={m.rights_request_member_hint()}
      data={chosen === null || choices.some(({ value }) => value === chosen.value) ? choices : [chosen, ...choices]}
      value={chosen?.value ?? null}
      onChange={(_, option) => setChosen(option)}
      searchable
      clearable
      clearButtonProps={{ "aria-label": m.web_clear_filter({ name: m.rights_request_member() }) }}
      // The server has searched already, by the beginnings of words.
      filter={({ options }) => options}
      onSearchChange={setSearch}
      nothingFoundMessage={wanted === "" || found === undefined ? undefined : m.members_nobody_found()}
      error={useFieldError("member")}
    />
  );
}
