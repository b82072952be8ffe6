import { domainBurst } from "./domain-burst.ts";
import { fellSilent } from "./fell-silent.ts";
import { joinBurst } from "./join-burst.ts";
import { livelyDays } from "./lively-days.ts";
import { livelyThread } from "./lively-thread.ts";
import { newcomerWave } from "./newcomer-wave.ts";
import { quietDays } from "./quiet-days.ts";
import { reactionRecord } from "./reaction-record.ts";
import type { Evidence, Found, SignalDetector } from "./signal.ts";
import { suddenCarrier } from "./sudden-carrier.ts";
import { unansweredPile } from "./unanswered-pile.ts";

/** Everything that is looked for. */
export const detectors: readonly SignalDetector[] = [
  fellSilent,
  livelyDays,
  quietDays,
  newcomerWave,
  joinBurst,
  domainBurst,
  livelyThread,
  reactionRecord,
  suddenCarrier,
  unansweredPile,
];

/** More claims than this are not read; and of one kind, the strongest few say enough. */
const MOST = 10;
const MOST_OF_A_KIND = 3;

/** What stands out in a period, the strongest first. */
export function findSignals(evidence: Evidence): (Found & { readonly kind: string })[] {
  return detectors
    .flatMap((detector) => {
      const found = detector.find(evidence).toSorted((a, b) => b.weight - a.weight || a.from - b.from);
      return found.slice(0, MOST_OF_A_KIND).map((each) => ({ ...each, kind: detector.name }));
    })
    .toSorted((a, b) => b.weight - a.weight || a.from - b.from)
    .slice(0, MOST);
}
