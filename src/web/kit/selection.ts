import { useMemo, useState } from "react";

/** Which rows of a list are ticked. */
export interface Selection {
  keys: string[];
  has: (key: string) => boolean;
  toggle: (key: string) => void;
  set: (keys: string[]) => void;
}

/** Ticks of a list, kept while the page stands. */
export function useSelection(): Selection {
  const [keys, set] = useState<string[]>([]);
  return useMemo(() => {
    const ticked = new Set(keys);
    const toggle = (key: string) => set(ticked.has(key) ? keys.filter((other) => other !== key) : [...keys, key]);
    return { keys, has: (key) => ticked.has(key), toggle, set };
  }, [keys]);
}
