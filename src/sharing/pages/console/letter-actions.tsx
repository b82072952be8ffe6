import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useEffect } from "react";
import { useFetcher } from "react-router";
import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { showDone, showFailure } from "#src/web/kit/toast.tsx";
import type { ShownLetter } from "./sharing.tsx";

/** To whom a trial went, as the action answers. */
function triedOn(answer: unknown): string | undefined {
  const told = typeof answer === "object" && answer !== null && "to" in answer;
  return told && typeof answer.to === "string" ? answer.to : undefined;
}

/** Try it, change it, let it rest, end it. */
export function LetterActions({ letter, mail }: { letter: ShownLetter; mail: boolean }) {
  const { change } = useQuery();
  const fetcher = useFetcher<unknown>();
  const send = (deed: string) => void fetcher.submit({ deed, letter: letter.id }, { method: "post" });
  useEffect(() => {
    const to = triedOn(fetcher.data);
    if (to !== undefined) showDone(m.sharing_page_letter_tested({ to }));
    if (isFailure(fetcher.data)) showFailure(fetcher.data.message);
  }, [fetcher.data]);
  return (
    <Confirm
      title={m.sharing_page_letter_end_title()}
      text={m.sharing_page_letter_end_text()}
      confirm={m.sharing_page_letter_end()}
      danger
      onConfirm={() => send("end")}
    >
      {(ask) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="default"
              size="lg"
              loading={fetcher.state !== "idle"}
              aria-label={m.sharing_page_letter_actions()}
            >
              <IconDots size={18} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {mail && <Menu.Item onClick={() => send("test")}>{m.sharing_page_letter_test()}</Menu.Item>}
            <Menu.Item onClick={() => change({ new: letter.id })}>{m.sharing_page_letter_change()}</Menu.Item>
            <Menu.Item onClick={() => send(letter.paused ? "resume" : "pause")}>
              {letter.paused ? m.sharing_page_letter_resume() : m.sharing_page_letter_pause()}
            </Menu.Item>
            <Menu.Item color="danger" onClick={ask}>
              {m.sharing_page_letter_end()}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Confirm>
  );
}
