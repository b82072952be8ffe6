import { useEffect, useState } from "react";
import { useParams, useRevalidator } from "react-router";
import { useChanges } from "#src/web/kit/use-changes.ts";

/** How often a page asks while something is under way and no line stands that would tell of it. In milliseconds. */
const ASK_EVERY_MS = 1000;
/** How often it asks although it is told: remaining time goes by without anybody telling. In milliseconds. */
const ASK_ANYWAY_MS = 10_000;

/** An import moved on, the log grew, or a reader of it finished counting: all that a report waits for. */
const TOPICS = ["imports", "log", "analytics.sheets", "members.presence", "members.list"];

/** Keeps a page up to date while something is under way and somebody looks at it: told by the server, else by asking. */
export function useFreshness(underWay: boolean): void {
  const { revalidate, state } = useRevalidator();
  const { community } = useParams();
  const [isOld, setOld] = useState(false);
  const isTold = useChanges({ community: underWay ? community : undefined, topics: TOPICS }, () => setOld(true));
  const pause = isOld ? 0 : isTold ? ASK_ANYWAY_MS : ASK_EVERY_MS;
  useEffect(() => {
    // What changes during an answer is asked for after it: asking anew at once might never let one arrive.
    if (!underWay || state !== "idle") return undefined;
    const ask = () => {
      if (document.visibilityState !== "visible") return;
      setOld(false);
      void revalidate();
    };
    const timer = setTimeout(ask, pause);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [underWay, state, revalidate, pause]);
}
