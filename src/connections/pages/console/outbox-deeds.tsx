import { Button } from "@mantine/core";
import { useFetcher } from "react-router";
import { m } from "#words";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { RowDeeds, TryAgain } from "#src/web/kit/row-deeds.tsx";
import type { Line } from "./outbox.tsx";

/** What a person may decide about something that did not go out, or has not yet. */
export function OutboxDeeds({ line, justify }: { line: Line; justify: "flex-start" | "flex-end" }) {
  const fetcher = useFetcher<unknown>();
  const send = (settlement: string) => void fetcher.submit({ settlement, line: line.id }, { method: "post" });
  const waits = line.status === "unknown" || line.status === "dead";
  if (!waits && line.status !== "waiting") return null;
  const letGo = {
    title: m.connections_drop_title(),
    text: m.connections_drop_text(),
    confirm: m.connections_drop(),
    onConfirm: () => send("drop"),
  };
  return (
    <RowDeeds justify={justify} answer={fetcher.data} letGo={letGo}>
      {waits && (
        <Again isUnknown={line.status === "unknown"} isBusy={fetcher.state !== "idle"} onAgain={() => send("again")} />
      )}
      {line.status === "unknown" && (
        <Button variant="default" size="compact-sm" onClick={() => send("sent")}>
          {m.connections_it_was_sent()}
        </Button>
      )}
    </RowDeeds>
  );
}

/** What may have gone out already is sent again only after a warning. */
function Again(props: { isUnknown: boolean; isBusy: boolean; onAgain: () => void }) {
  const button = (onClick: () => void) => <TryAgain isBusy={props.isBusy} onClick={onClick} />;
  if (!props.isUnknown) return button(props.onAgain);
  return (
    <Confirm
      title={m.connections_again_title()}
      text={m.connections_again_text()}
      confirm={m.web_try_again()}
      onConfirm={props.onAgain}
    >
      {button}
    </Confirm>
  );
}
