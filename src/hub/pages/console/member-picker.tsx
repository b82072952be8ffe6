import { type ComboboxItem, MultiSelect } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import { useFieldError } from "#src/web/kit/action-form.tsx";
import { useFoundMembers } from "#src/web/kit/use-found-members.ts";

/** Names members in a form by names that one begins to type; the form sends their ids, with commas between. */
export function MemberPicker({ name, label }: { name: string; label: string }) {
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<readonly ComboboxItem[]>([]);
  const found = useFoundMembers(search);
  const choices = [...chosen, ...(found ?? []).filter(({ value }) => !chosen.some((each) => each.value === value))];
  return (
    <MultiSelect
      name={name}
      label={label}
      placeholder={m.rights_request_member_hint()}
      data={choices}
      value={chosen.map(({ value }) => value)}
      onChange={(values) => setChosen(choices.filter(({ value }) => values.includes(value)))}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      // The server has searched already, by the beginnings of words.
      filter={({ options }) => options}
      nothingFoundMessage={search.trim() === "" || found === undefined ? undefined : m.members_nobody_found()}
      error={useFieldError("members")}
      data-autofocus
    />
  );
}
