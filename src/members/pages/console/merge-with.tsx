import { Button, Group, Modal, Radio, TextInput } from "@mantine/core";
import { IconArrowsJoin, IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useFetcher, useNavigate, useParams } from "react-router";
import { m } from "#words";
import type { Member } from "../../model.ts";
import { shownName } from "./member-name.tsx";
import { useMerges } from "./use-merges.ts";
import classes from "./suggestions.module.css";

const TYPING_PAUSE_MS = 250;

interface Found {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
}

/** People found by what was typed, without the one who looks for another. */
function useFound(community: string, search: string, not: string): { people: readonly Found[]; asked: boolean } {
  const { load, data } = useFetcher<{ members: Found[] }>();
  const wanted = search.trim();
  useEffect(() => {
    if (wanted === "") return undefined;
    const timer = setTimeout(
      () => void load(`/console/${community}/find?search=${encodeURIComponent(wanted)}`),
      TYPING_PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [wanted, community, load]);
  if (wanted === "") return { people: [], asked: false };
  return { people: (data?.members ?? []).filter(({ id }) => id !== not), asked: data !== undefined };
}

/** A button that merges this person with another one, who is looked for by name. */
export function MergeWith({ member, community }: { member: Member; community: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        style={{ flex: "none" }}
        leftSection={<IconArrowsJoin size={16} stroke={1.7} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {m.members_merge_with()}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={<b>{m.members_merge_with_title()}</b>}
        closeButtonProps={{ "aria-label": m.web_close() }}
      >
        <Chooser member={member} community={community} close={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function Chooser({ member, community, close }: { member: Member; community: string; close: () => void }) {
  const navigate = useNavigate();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<Found>();
  const [stays, setStays] = useState(member.id);
  const { people, asked } = useFound(community, search, member.id);
  const { member: opened } = useParams();
  const { act, busy } = useMerges((deed) => {
    close();
    // The page shows whoever stays already; its address is still that of the one who is part of them now.
    if (deed.do === "merge" && deed.memberId === opened)
      void navigate(`/console/${community}/members/${deed.intoId}`, { replace: true });
  });
  const merge = (): void => {
    if (chosen === undefined) return;
    const memberId = stays === member.id ? chosen.id : member.id;
    act({ do: "merge", memberId, intoId: stays === member.id ? member.id : chosen.id });
  };
  return (
    <>
      <p style={{ margin: "0 0 16px" }}>{m.members_merge_with_text()}</p>
      <TextInput
        data-autofocus
        type="search"
        label={m.members_search()}
        leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div className={classes["found"]}>
        {people.length === 0 && asked && <p role="status">{m.members_nobody_found()}</p>}
        {people.length > 0 && (
          <Radio.Group
            label={m.members_merge_who()}
            value={chosen?.id ?? ""}
            onChange={(id) => setChosen(people.find((each) => each.id === id))}
          >
            {people.map(({ id, name, detail }) => (
              <Radio key={id} value={id} label={shownName(name)} description={detail} mt={8} />
            ))}
          </Radio.Group>
        )}
      </div>
      {chosen !== undefined && (
        <Radio.Group label={m.members_merge_stays()} value={stays} onChange={setStays} mb={24}>
          <Radio value={member.id} label={shownName(member.name)} mt={8} />
          <Radio value={chosen.id} label={shownName(chosen.name)} mt={8} />
        </Radio.Group>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {m.web_cancel()}
        </Button>
        <Button disabled={chosen === undefined} loading={busy} onClick={merge}>
          {m.members_merge()}
        </Button>
      </Group>
    </>
  );
}
