import { Button, Checkbox, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useFetcher } from "react-router";
import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import type { Ref } from "../../../model.ts";
import type { loader } from "../audit-spaces.ts";
import { useAudit } from "./audit-context.ts";
import classes from "./choice-chip.module.css";
import { ChoiceChip } from "./choice-chip.tsx";

const TYPING_PAUSE_MS = 200;

/** Which spaces the audit is about: all of them, or those ticked. */
export function SpacesChip({ chosen }: { chosen: readonly Ref[] }) {
  const { change } = useQuery();
  const [first] = chosen;
  const some =
    chosen.length === 1 && first !== undefined ? first.name : m.analytics_page_some_spaces({ count: chosen.length });
  return (
    <ChoiceChip
      name={m.analytics_page_spaces()}
      chosen={first === undefined ? m.analytics_page_all_spaces() : some}
      on={chosen.length > 0}
      onClear={() => change({ spaces: undefined })}
    >
      {(close) => (
        <SpaceForm
          chosen={chosen}
          onShow={(ids) => {
            change({ spaces: ids.join(",") });
            close();
          }}
        />
      )}
    </ChoiceChip>
  );
}

function SpaceForm({ chosen, onShow }: { chosen: readonly Ref[]; onShow: (ids: string[]) => void }) {
  const [search, setSearch] = useState("");
  const [ticked, setTicked] = useState<readonly string[]>(chosen.map(({ id }) => id));
  const { spaces, more } = useSpaces(search);
  const others = spaces.filter(({ id }) => !chosen.some((one) => one.id === id));
  const listed = search === "" ? [...chosen, ...others] : spaces;
  const toggle = (id: string) => setTicked(ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id]);
  return (
    <>
      <TextInput
        size="xs"
        m={8}
        mt={4}
        type="search"
        aria-label={m.analytics_page_find_space()}
        placeholder={m.analytics_page_find_space()}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ul className={classes["options"]}>
        {listed.map(({ id, name }) => (
          <li key={id}>
            <Checkbox px={8} py={5} size="xs" label={name} checked={ticked.includes(id)} onChange={() => toggle(id)} />
          </li>
        ))}
      </ul>
      {more && <p className={classes["note"]}>{m.analytics_page_more_spaces()}</p>}
      <div className={classes["dates"]}>
        <Button size="xs" variant="subtle" disabled={ticked.length === 0} onClick={() => setTicked([])}>
          {m.analytics_page_clear()}
        </Button>
        <Button size="xs" variant="default" onClick={() => onShow([...ticked])}>
          {m.analytics_page_show()}
        </Button>
      </div>
    </>
  );
}

/** Asks for spaces by a part of their name, when the typing pauses. */
function useSpaces(search: string): { spaces: readonly Ref[]; more: boolean } {
  const { base } = useAudit();
  const { load, data } = useFetcher<typeof loader>();
  useEffect(() => {
    const timer = setTimeout(
      () => void load(`${base}/spaces?search=${encodeURIComponent(search)}`),
      search === "" ? 0 : TYPING_PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [search, base, load]);
  return data ?? { spaces: [], more: false };
}
