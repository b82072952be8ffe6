import { type ComboboxItem, Select } from "@mantine/core";
import { useEffect, useState } from "react";
import { useFetcher, useParams } from "react-router";
import { m } from "#words";
import { useFieldError } from "#src/web/kit/action-form.tsx";

const TYPING_PAUSE_MS = 250;

interface Found {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
}

/** Names a member in a form by a name that one begins to type; the form sends the member's id, or nothing. */
export function MemberField() {
  const { community = "" } = useParams();
  const { load, data } = useFetcher<{ members: Found[] }>();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<ComboboxItem | null>(null);
  const wanted = search === chosen?.label ? "" : search.trim();
  useEffect(() => {
    if (wanted === "") return undefined;
    const ask = () => void load(`/console/${community}/find?search=${encodeURIComponent(wanted)}`);
    const timer = setTimeout(ask, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted, community, load]);
  const choices = (data?.members ?? []).map(({ id, name, detail }) => ({
    value: id,
    label: name === detail ? name : `${name} · ${detail}`,
  }));
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
      nothingFoundMessage={wanted === "" || data === undefined ? undefined : m.members_nobody_found()}
      error={useFieldError("member")}
    />
  );
}
