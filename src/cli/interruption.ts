/** A person or the system wants the command to end. */
export interface Interruption {
  /** Aborted at the first Ctrl-C (or SIGTERM): put down what you do at a safe place and return. */
  readonly signal: AbortSignal;
  /** Takes the handlers away again. */
  dispose(): void;
}

/** Listens for the wish to end. The second Ctrl-C ends the process at once, with `forced` as its exit code. */
export function listenForInterruption(forced: number): Interruption {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(forced);
    controller.abort();
  };
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
