import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { m } from "#words";
import { Confirm, type ConfirmProps } from "./confirm.tsx";
import { isFailure } from "./failure.ts";
import classes from "./row-deeds.module.css";

export interface RowDeedsProps {
  justify: "flex-start" | "flex-end";
  /** What the server said to the last deed: a failure is shown below. */
  answer: unknown;
  /** What comes before letting go. */
  children: ReactNode;
  /** What is asked before the line is let go, and what its button is called. */
  letGo: Pick<ConfirmProps, "title" | "text" | "confirm" | "onConfirm">;
}

/** What a person may decide about one line of a list that waits for them. */
export function RowDeeds({ justify, answer, children, letGo }: RowDeedsProps) {
  return (
    <>
      <Group gap={8} mt={4} justify={justify}>
        {children}
        <Confirm {...letGo}>
          {(ask) => (
            <Button variant="subtle" size="compact-sm" onClick={ask}>
              {letGo.confirm}
            </Button>
          )}
        </Confirm>
      </Group>
      {isFailure(answer) && (
        <p role="alert" className={classes["failed"]}>
          {answer.message}
        </p>
      )}
    </>
  );
}

/** Tries again what could not be done. */
export function TryAgain({ isBusy, onClick }: { isBusy: boolean; onClick: () => void }) {
  return (
    <Button variant="default" size="compact-sm" loading={isBusy} onClick={onClick}>
      {m.web_try_again()}
    </Button>
  );
}
