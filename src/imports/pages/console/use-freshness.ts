import { useEffect } from "react";
import { useRevalidator } from "react-router";

/** How often a page asks again while an import runs: often enough to look alive, seldom enough not to slow it. In milliseconds. */
const ASK_EVERY_MS = 1000;

/** Asks the server again and again while something is under way and somebody looks at the page. */
export function useFreshness(underWay: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!underWay || state !== "idle") return undefined;
    const timer = setTimeout(() => {
      if (document.visibilityState === "visible") void revalidate();
    }, ASK_EVERY_MS);
    const onReturn = () => document.visibilityState === "visible" && void revalidate();
    document.addEventListener("visibilitychange", onReturn);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onReturn);
    };
  }, [underWay, state, revalidate]);
}
