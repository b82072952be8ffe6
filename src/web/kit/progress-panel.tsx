import { Button, Progress } from "@mantine/core";
import type { ReactNode } from "react";
import { m } from "#words";
import { formatDuration, formatPercent } from "./format.ts";
import { useReader } from "./reader.ts";
import classes from "./progress-panel.module.css";

export interface ProgressPanelProps {
  title: string;
  /** From 0 to 1; undefined while nobody can tell. */
  share: number | undefined;
  /** What is being done now: "412,000 messages stored". */
  detail?: ReactNode;
  remainingMs?: number | undefined;
  onCancel?: () => void;
  cancelling?: boolean;
}

/** Long work: how far it is, how long it still takes, and a way out. */
export function ProgressPanel(props: ProgressPanelProps) {
  const reader = useReader();
  const percent = props.share === undefined ? undefined : formatPercent(props.share, reader, 0);
  return (
    <div className={classes["panel"]}>
      <div className={classes["head"]}>
        <span className={classes["title"]}>{props.title}</span>
        <span>{percent}</span>
      </div>
      <Progress
        value={props.share === undefined ? 100 : props.share * 100}
        animated={props.share === undefined}
        aria-label={props.title}
        size={8}
        transitionDuration={160}
      />
      <div
        className={classes["foot"]}
        data-empty={(props.detail === undefined && props.onCancel === undefined) || undefined}
      >
        <span role="status">
          {props.detail}
          {props.remainingMs !== undefined &&
            ` · ${m.web_remaining({ time: formatDuration(props.remainingMs, reader) })}`}
        </span>
        {props.onCancel !== undefined && (
          <Button variant="default" size="compact-sm" loading={props.cancelling ?? false} onClick={props.onCancel}>
            {m.web_cancel()}
          </Button>
        )}
      </div>
    </div>
  );
}
