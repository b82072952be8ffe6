import { performance } from "node:perf_hooks";

/** Work under way in the pauses of a process. */
export interface IdleWork {
  /** Resolves when the work is at its end, was stopped, or has taken as long as it may. Rejects with the error of a step. */
  readonly done: Promise<void>;
  stop(): void;
}

/** A stretch of steps ends after this many milliseconds: nobody waits longer for it, but for one more step. */
const STRETCH_MS = 8;
/** Between two stretches everything else has its turn for as long as a stretch takes. */
const PAUSE_MS = 8;
/** A process that was busy for more than this part of the last pause has better things to do. */
const BUSY = 0.3;
const LATER_MS = 200;

/**
 * Runs the steps one after another while the process has nothing else to do, from `afterMs` on, and takes `mostMs` of
 * it at the most. Does not keep a process alive.
 */
export function workWhenIdle(
  steps: Iterator<unknown>,
  { afterMs, mostMs }: { afterMs: number; mostMs: number },
): IdleWork {
  let left = mostMs;
  let timer: NodeJS.Timeout | undefined;
  let loop = performance.eventLoopUtilization();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stretch = (): boolean => {
    const started = performance.now();
    let hasMore = true;
    while (hasMore && performance.now() - started < STRETCH_MS) hasMore = steps.next().done !== true;
    left -= performance.now() - started;
    return hasMore && left > 0;
  };
  const turn = (): void => {
    try {
      const isBusy = performance.eventLoopUtilization(loop).utilization > BUSY;
      if (!isBusy && !stretch()) return resolve();
      loop = performance.eventLoopUtilization();
      later(isBusy ? LATER_MS : PAUSE_MS);
    } catch (error) {
      reject(error);
    }
  };
  const later = (ms: number): void => {
    timer = setTimeout(turn, ms).unref();
  };
  later(afterMs);
  return {
    done: promise,
    stop: () => {
      clearTimeout(timer);
      resolve();
    },
  };
}
