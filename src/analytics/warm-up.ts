import { metrics } from "./metrics/all.ts";
import { crowdOf } from "./metrics/people.ts";
import { auditSchema, type Audit, type AuditQuery } from "./model.ts";
import { auditOf, type Beside } from "./queries.ts";
import { detectors } from "./signals/all.ts";
import { makeUp, type MadeUp } from "./store/made-up.ts";
import { cutOpen, type Opened } from "./store/opened.ts";
import { reportOn } from "./store/reports.ts";

/** What one step of the warm-up was about: a metric or detector by its name, and whether it had anything to say. */
export interface Warmed {
  readonly name: string;
  readonly spoke: boolean;
}

/** How often each question is gone through. Each further round leaves megabytes of garbage behind; twelve took 204 MB after the start. */
const ROUNDS = 2;
const PERIOD = 90;

/** The questions that take different ways through the code. */
const questions: readonly Pick<AuditQuery, "segment" | "compare">[] = [
  { segment: "everyone", compare: "before" },
  { segment: "newcomers", compare: "before" },
  { segment: "regulars", compare: "before" },
  { segment: "everyone", compare: "none" },
];

/** Nobody has a name here. */
const beside: Beside = {
  names: {
    member: () => ({ id: "00000000-0000-7000-8000-000000000000", name: "" }),
    space: () => ({ id: "00000000-0000-7000-8000-000000000000", name: "" }),
  },
  origin: { platforms: [], isImported: true },
  savedSegment: null,
};

function opened({ ground, to, ...read }: MadeUp, { segment, compare }: (typeof questions)[number]): Opened {
  const period = { from: to - PERIOD + 1, to };
  const before = { from: period.from - PERIOD, to: period.from - 1 };
  return cutOpen(read, { ground, segment, periods: { period, ...(compare === "before" ? { before } : {}) } });
}

function* measureEach({ window, windowBefore, evidence }: Opened): Generator<Warmed | undefined> {
  for (const metric of metrics) {
    const value = metric.measure(window);
    yield { name: metric.name, spoke: value !== undefined };
    metric.trend?.(window);
    yield;
    if (windowBefore !== undefined) metric.measure(windowBefore);
  }
  for (const detector of detectors) yield { name: detector.name, spoke: detector.find(evidence).length > 0 };
}

/** A schema prepares itself when it is first used: one field after another, the whole at the end. */
function* parseEach(audit: Audit): Generator<undefined> {
  for (const [name, schema] of Object.entries(auditSchema.shape)) {
    // Object.entries forgets which names there are.
    schema.parse(audit[name as keyof Audit]);
    yield;
  }
  auditSchema.parse(audit);
  yield;
}

/**
 * Counts audits of a made-up community over and over, a few milliseconds a step, so that whoever asks first meets code
 * that is compiled: the first time a metric takes five to ten times what it takes later. Reads, writes and remembers nothing.
 */
export function* warmUp(): Generator<Warmed | undefined> {
  const town = yield* makeUp();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const question of questions) {
      const cut = opened(town, question);
      yield;
      yield* measureEach(cut);
      const report = reportOn(cut, question);
      yield;
      const audit = auditOf(report, beside, { timeZone: "UTC", now: 0 });
      crowdOf(cut.window);
      yield;
      yield* parseEach(audit);
    }
  }
}
