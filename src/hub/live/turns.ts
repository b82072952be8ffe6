import { logger } from "#src/base/logger.ts";

/** Work that is done one after another, in order. */
export interface Turns {
  /** Does the work when everything before it is done. */
  take(work: () => Promise<void>): Promise<void>;
  /** Does the work once more, unless it waits for its turn already: what changes a hundred times in a moment is told once. */
  soon(work: () => Promise<void>): void;
}

/** Opens a row of turns. `onFailure` is called after work that failed; it is logged here. */
export function oneAtATime(onFailure: () => void): Turns {
  let last = Promise.resolve();
  let waits = false;
  const take = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work).catch((error: unknown) => {
      logger.error({ err: error }, "open pages of the hub could not be told");
      onFailure();
    });
    return last;
  };
  return {
    take,
    soon: (work) => {
      if (waits) return;
      waits = true;
      void take(() => {
        waits = false;
        return work();
      });
    },
  };
}
