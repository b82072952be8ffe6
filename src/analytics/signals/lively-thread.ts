import type { SignalDetector } from "./signal.ts";
import { median } from "./usual.ts";

/** Fewer answers to one message are a conversation like others. */
const LEAST_ANSWERS = 10;

/** The message that most people answered, if it got far more answers than other much-answered messages. */
export const livelyThread: SignalDetector = {
  name: "lively-thread",
  find: ({ window, notable }) => {
    const threads = notable.filter(({ topic }) => topic === "replies");
    const usual = median(threads.map(({ count }) => count));
    const top = threads.filter(({ day }) => day >= window.from).toSorted((a, b) => b.count - a.count)[0];
    if (top === undefined || top.count < LEAST_ANSWERS || top.count < 2 * usual) return [];
    const behind = { kind: "thread", message: top.messageId } as const;
    return [
      {
        from: top.day,
        to: top.day,
        weight: top.count / usual,
        facts: { count: top.count, usual },
        member: top.member,
        behind,
      },
    ];
  },
};
