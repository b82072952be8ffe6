import type { Jobs, SendableJob } from "./jobs.ts";

/** What is woken runs so much later when it runs already, in milliseconds. */
const AGAIN_MS = 1_000;

/**
 * Has a job by the clock run now, for what `key` says. However often it is woken, one run is under way and one waits behind it,
 * which sees what the first came too late for.
 */
export async function wake<Data extends object>(
  { jobs, now }: { jobs: Pick<Jobs, "send">; now: () => number },
  woken: SendableJob<Data>,
  { key, data }: { key: string; data: Data },
): Promise<void> {
  if (await jobs.send(woken, data, { key: `${key} now` })) return;
  await jobs.send(woken, data, { key: `${key} next`, notBefore: now() + AGAIN_MS });
}
