import { Button } from "@mantine/core";
import { useFetcher } from "react-router";
import { m } from "#words";
import { formatDateShort } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { Tag } from "#src/web/kit/tag.tsx";
import classes from "./factors.module.css";

export interface ShownSession {
  id: string;
  browser: string | null;
  signedInAt: string;
  usedAt: string;
  isThis: boolean;
}

/** Where a person is signed in, with a way to sign out there. */
export function SessionList({ sessions }: { sessions: readonly ShownSession[] }) {
  const reader = useReader();
  const fetcher = useFetcher();
  return (
    <ul className={classes["list"]}>
      {sessions.map((session) => (
        <li key={session.id}>
          <div>
            {browserName(session.browser)} {session.isThis && <Tag tone="good">{m.accounts_page_this_browser()}</Tag>}
            <small>
              {m.accounts_page_session_used({
                since: formatDateShort(Date.parse(session.signedInAt), reader),
                used: formatDateShort(Date.parse(session.usedAt), reader),
              })}
            </small>
          </div>
          {!session.isThis && (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => void fetcher.submit({ deed: "session", session: session.id }, { method: "post" })}
            >
              {m.accounts_page_end_session()}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

// Most browsers claim to be others too; the first of these that fits is the true one.
const browsers = ["Firefox", "Edg", "OPR", "YaBrowser", "Chrome", "Safari"];
const systems = ["Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"];

function browserName(agent: string | null): string {
  const browser = browsers.find((name) => agent?.includes(name));
  const system = systems.find((name) => agent?.includes(name));
  const names = [browser?.replace("Edg", "Edge").replace("OPR", "Opera"), system?.replace("Mac OS X", "macOS")];
  return names.filter((name) => name !== undefined).join(", ") || m.accounts_page_unknown_browser();
}
