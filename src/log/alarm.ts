/** Rings once, at the first of the moments it was asked for since it rang last. */
export function alarm() {
  let waiting: { readonly timer: NodeJS.Timeout; readonly at: number } | undefined;
  return {
    ring: (inMs: number, work: () => void): void => {
      const at = performance.now() + inMs;
      if (waiting !== undefined && waiting.at <= at) return;
      clearTimeout(waiting?.timer);
      const timer = setTimeout(() => {
        waiting = undefined;
        work();
      }, inMs).unref();
      waiting = { timer, at };
    },
    stop: () => clearTimeout(waiting?.timer),
  };
}
