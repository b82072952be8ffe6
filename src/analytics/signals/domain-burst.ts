import { BASELINE_DAYS, type Found, type SignalDetector } from "./signal.ts";

/** Fewer links to one place in a day are a conversation. */
export const LEAST_LINKS = 10;
/** How many times the usual day. */
const TIMES = 5;

/** Days on which one domain was linked many times as often as before: an event, or promotion. The strongest three. */
export const domainBurst: SignalDetector = {
  name: "domain-burst",
  find: ({ window, busyDomains }) => {
    const found: Found[] = [];
    const byDomain = Map.groupBy(busyDomains, ({ key }) => key);
    for (const { day, key, count } of busyDomains) {
      if (day < window.from || count < LEAST_LINKS) continue;
      const before = (byDomain.get(key) ?? [])
        .filter((other) => other.day < day && other.day >= day - BASELINE_DAYS)
        .reduce((sum, other) => sum + other.count, 0);
      const usual = before / BASELINE_DAYS;
      if (count < TIMES * Math.max(1, usual)) continue;
      const facts = { domain: key, count, usual: Math.round(usual) };
      found.push({
        from: day,
        to: day,
        weight: count / (usual + LEAST_LINKS / 2),
        facts,
        behind: { kind: "domain", domain: key },
      });
    }
    return found.sort((a, b) => b.weight - a.weight).slice(0, 3);
  },
};
