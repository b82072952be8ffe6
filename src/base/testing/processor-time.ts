/**
 * How long a work kept the processor busy, in milliseconds: not the clock's time, in which a machine with much else to do
 * may do nothing for it. Only for limits that a runaway exceeds a hundred times; what is fast and slow is a bench's matter.
 */
export function processorMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** Nothing that a test does with one hostile input takes so long unless it grows with the square of its length. */
export const RUNAWAY_MS = 10_000;
