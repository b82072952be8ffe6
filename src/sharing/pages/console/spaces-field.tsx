import { MultiSelect } from "@mantine/core";
import { useEffect, useState } from "react";
import { useFetcher, useParams } from "react-router";
import { m } from "#words";

interface Space {
  readonly id: string;
  readonly name: string;
}

const TYPING_PAUSE_MS = 200;

/** Which spaces a letter tells of, found by typing a part of their names; none chosen: all of them. */
export function SpacesField({ chosen }: { chosen: readonly Space[] }) {
  const { community } = useParams();
  const { load, data } = useFetcher<{ spaces: Space[] }>();
  const [ids, setIds] = useState(chosen.map(({ id }) => id));
  const [known, setKnown] = useState<readonly Space[]>(chosen);
  const [search, setSearch] = useState("");
  useEffect(() => {
    const address = `/console/${community}/audit/spaces?search=${encodeURIComponent(search)}`;
    const timer = setTimeout(() => void load(address), search === "" ? 0 : TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [search, community, load]);
  const found = data?.spaces ?? [];
  const picked = known.filter(({ id }) => ids.includes(id) && !found.some((space) => space.id === id));
  return (
    <>
      <input type="hidden" name="spaces" value={ids.join(",")} />
      <MultiSelect
        label={m.analytics_page_spaces()}
        placeholder={ids.length === 0 ? m.analytics_page_all_spaces() : ""}
        data={[...found, ...picked].map(({ id, name }) => ({ value: id, label: name }))}
        value={ids}
        onChange={(next) => {
          setKnown([...picked, ...found.filter(({ id }) => next.includes(id))]);
          setIds(next);
        }}
        searchable
        searchValue={search}
        onSearchChange={setSearch}
        filter={({ options }) => options}
        maxDropdownHeight={240}
        hidePickedOptions
        clearable
        clearButtonProps={{ "aria-label": m.web_clear_filter({ name: m.analytics_page_spaces() }) }}
      />
    </>
  );
}
