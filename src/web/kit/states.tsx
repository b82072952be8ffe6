import { Button } from "@mantine/core";
import { IconAlertTriangle, IconClock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { m } from "#words";
import { formatAgo } from "./format.ts";
import { useReader } from "./reader.ts";
import classes from "./states.module.css";

export interface EmptyStateProps {
  title: string;
  text: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
  wholePage?: boolean;
}

/** Why a place is empty, and the one thing to do about it. `wholePage` where no other title stands above. */
export function EmptyState(props: EmptyStateProps) {
  const Title = props.wholePage === true ? "h1" : "h2";
  return (
    <div className={classes["state"]}>
      {props.icon !== undefined && <div className={classes["icon"]}>{props.icon}</div>}
      <Title className={classes["title"]}>{props.title}</Title>
      <p className={classes["text"]}>{props.text}</p>
      {props.action !== undefined && <div className={classes["action"]}>{props.action}</div>}
    </div>
  );
}

export interface FailedStateProps {
  title?: string;
  text?: ReactNode;
  number?: string | undefined;
  onRetry?: () => void;
  wholePage?: boolean;
}

/** What happened, its number in the log, and a way to try again. */
export function FailedState(props: FailedStateProps) {
  const Title = props.wholePage === true ? "h1" : "h2";
  return (
    <div className={classes["state"]} role="alert">
      <div className={`${classes["icon"]} ${classes["danger"]}`}>
        <IconAlertTriangle size={24} stroke={1.6} aria-hidden />
      </div>
      <Title className={classes["title"]}>{props.title ?? m.web_broken_title()}</Title>
      <p className={classes["text"]}>{props.text ?? m.web_broken_text()}</p>
      {props.number !== undefined && (
        <p className={classes["number"]}>{m.web_broken_number({ number: props.number })}</p>
      )}
      {props.onRetry !== undefined && (
        <div className={classes["action"]}>
          <Button variant="default" onClick={props.onRetry}>
            {m.web_try_again()}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Says that what is shown was true a while ago. Both moments in milliseconds; `now` comes from the loader, so that server and browser agree. */
export function StaleNote(props: { at: number; now: number; onRefresh?: () => void }) {
  const reader = useReader();
  return (
    <p className={classes["stale"]} role="status">
      <IconClock size={16} stroke={1.6} aria-hidden />
      <span>{m.web_stale({ ago: formatAgo(props.at, props.now, reader) })}</span>
      {props.onRefresh !== undefined && (
        <Button variant="subtle" size="compact-xs" onClick={props.onRefresh}>
          {m.web_refresh()}
        </Button>
      )}
    </p>
  );
}
