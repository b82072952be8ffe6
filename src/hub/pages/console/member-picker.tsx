import { type ComboboxItem, MultiSelect } from "@mantine/core";
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

/** Names members in a form by names that one begins to type; the form sends their ids, with commas between. */
export function MemberPicker({ name, label }: { name: string; label: string }) {
  const { community = "" } = useParams();
  const { load, data } = useFetcher<{ members: Found[] }>();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<readonly ComboboxItem[]>([]);
  const wanted = search.trim();
  useEffect(() => {
    if (wanted === "") return undefined;
    const ask = () => void load(`/console/${community}/find?search=${encodeURIComponent(wanted)}`);
    const timer = setTimeout(ask, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted, community, load]);
  const found = (data?.members ?? []).map((each) => ({
    value: each.id,
    label: each.name === each.detail ? each.name : `${each.name} · ${each.detail}`,
  }));
  const choices = [...chosen, ...found.filter(({ value }) => !chosen.some((each) => each.value === value))];
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
      nothingFoundMessage={wanted === "" || data === undefined ? undefined : m.members_nobody_found()}
      error={useFieldError("members")}
      data-autofocus
    />
  );
}
