import { useEffect, useEffectEvent, useState } from "react";

/** What is told instead of a topic when the server itself may have missed something. */
const ANY_TOPIC = "again";

interface Listening {
  readonly community: string | undefined;
  readonly topics: readonly string[];
  readonly asksAtFirst?: boolean;
}

/**
 * Listens to what changes in a community (`GET /events`) while somebody looks at the page, and calls `onChange` for each
 * of these topics, and once when the line stands again after it was gone. Returns whether the line stands: while it does
 * not, the page has to ask by itself. A hidden page hangs up: browsers allow few lines to one server.
 * @param listening `community`: its slug; undefined: there is nothing to listen to now. `asksAtFirst`: `onChange` is also
 * called when the line stands for the first time, because of what changed between the making of the page and now
 */
export function useChanges(listening: Listening, onChange: () => void): boolean {
  const { community, topics, asksAtFirst = false } = listening;
  const [open, setOpen] = useState(false);
  const changed = useEffectEvent((topic: string) => {
    if (topic === ANY_TOPIC || topics.includes(topic)) onChange();
  });
  const standing = useEffectEvent((missed: boolean) => {
    if (missed || asksAtFirst) onChange();
  });
  useEffect(() => {
    if (community === undefined) return undefined;
    let line: EventSource | undefined;
    let missed = false;
    let isFirst = true;
    const hangUp = () => {
      missed ||= line !== undefined;
      line?.close();
      line = undefined;
      setOpen(false);
    };
    const follow = () => {
      if (document.visibilityState === "hidden") return hangUp();
      if (line !== undefined) return undefined;
      line = new EventSource(`/events?community=${encodeURIComponent(community)}`);
      line.addEventListener("hello", () => {
        setOpen(true);
        if (missed || isFirst) standing(missed);
        [missed, isFirst] = [false, false];
      });
      line.addEventListener("changed", ({ data }: MessageEvent<string>) => changed(data));
      line.addEventListener("error", () => {
        missed = true;
        setOpen(false);
      });
      return undefined;
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      hangUp();
    };
  }, [community]);
  return open;
}
