import type { Tx } from "#src/base/database.ts";
import { logger } from "#src/base/logger.ts";
import { append } from "#src/log/append.ts";
import {
  beginWithdrawal,
  holdIntake,
  removeEmptied,
  type Span,
  spanOver,
  type Withdrawal,
  withdrawStretch,
} from "#src/platforms/withdrawal.ts";
import { formatNamed, formats } from "../formats/all.ts";
import type { ImportReport } from "../model.ts";
import { reportFrom } from "../pipeline/report.ts";
import { isPassing } from "../pipeline/trouble.ts";
import type { Carrying } from "../pipeline/writer.ts";
import { type ImportRow, moveStatus, saveFailure, saveReport } from "../store.ts";
import { dropOwn, emptiedPeople, emptiedSpaces } from "./emptied.ts";

/** How many messages are looked at in one transaction: some tenths of a second, and as much is done again after a kill. */
const STRETCH_MESSAGES = 20_000;

type Withdrawn = NonNullable<ImportReport["withdrawn"]>;

/** What undoing needs. */
export type Undoing = Pick<Carrying, "databases" | "community" | "signal" | "now"> & {
  /** Told after each stretch: messages looked after so far, and how many the import had brought. */
  readonly onUndone?: (done: number, of: number) => void;
};

interface Work {
  readonly undoing: Undoing;
  readonly row: ImportRow;
  readonly report: ImportReport;
}

function spanOf({ firstAt, lastAt }: { firstAt: number | null; lastAt: number | null }): Span | undefined {
  return firstAt === null || lastAt === null ? undefined : { firstAt, lastAt };
}

function withdrawalOf({ row, report }: Work): Withdrawal {
  return { importId: row.id, span: spanOf(report) };
}

async function save({ undoing, row, report }: Work, tx: Tx, withdrawn: Withdrawn): Promise<Withdrawn> {
  await saveReport(tx, undoing.community, { id: row.id, report: { ...report, withdrawn }, now: undoing.now() });
  return withdrawn;
}

async function begin(work: Work): Promise<Withdrawn> {
  const { databases, community } = work.undoing;
  return databases.asOwner(async (tx) => {
    const { moves, touched } = await beginWithdrawal(tx, community, withdrawalOf(work));
    const { firstAt = null, lastAt = null } = touched ?? {};
    return save(work, tx, { messages: 0, kept: 0, moves, after: null, firstAt, lastAt });
  });
}

/** The next stretch; undefined when nothing is left. */
async function step(work: Work, before: Withdrawn): Promise<Withdrawn | undefined> {
  const { databases, community } = work.undoing;
  return databases.asOwner(async (tx) => {
    const ask = { ...withdrawalOf(work), after: before.after ?? undefined, limit: STRETCH_MESSAGES };
    const { last, removed, kept } = await withdrawStretch(tx, community, ask);
    if (last === undefined) return undefined;
    const withdrawn = { ...before, messages: before.messages + removed, kept: before.kept + kept, after: last };
    return save(work, tx, withdrawn);
  });
}

/** Takes out people and spaces of whom nothing is left, and tells of it in the same transaction. */
async function finish({ undoing, row, report }: Work, withdrawn: Withdrawn): Promise<void> {
  const { databases, community, now } = undoing;
  const { platform } = formatNamed(row.format);
  await databases.asOwner(async (tx) => {
    await holdIntake(tx, community);
    const memberIds = await emptiedPeople(tx, community, platform);
    const alike = formats.filter((format) => format.platform === platform).map(({ name }) => name);
    const spaceIds = await emptiedSpaces(tx, community, { importId: row.id, platform, formats: alike });
    await removeEmptied(tx, community, { memberIds, spaceIds });
    await dropOwn(tx, community, row.id);
    const ended = await moveStatus(tx, community, { id: row.id, from: ["withdrawing"], to: "withdrawn", now: now() });
    const span = spanOver(spanOf(report), spanOf(withdrawn));
    if (ended === undefined || span === undefined) return;
    const payload = { importId: row.id, messages: withdrawn.messages, ...span };
    await append(tx, community, [{ kind: "history.withdrawn", happenedAt: now(), payload }]);
  });
}

async function run(work: Work): Promise<void> {
  const { signal, onUndone } = work.undoing;
  let withdrawn = work.report.withdrawn ?? (await begin(work));
  while (!signal.aborted) {
    onUndone?.(withdrawn.messages + withdrawn.kept, work.report.stored);
    const next = await step(work, withdrawn);
    if (next === undefined) return finish(work, withdrawn);
    withdrawn = next;
  }
}

/**
 * Takes out what an import brought, under the community's lock, stretch by stretch; killed or stopped, it goes on where it
 * was. What went wrong is kept with the import for people to see, and it is tried again.
 */
export async function takeBack(undoing: Undoing, row: ImportRow): Promise<void> {
  try {
    await run({ undoing, row, report: reportFrom(row.report) });
  } catch (error) {
    if (isPassing(error)) throw error;
    logger.error({ import: row.id, err: error }, "undoing an import broke");
    const failure = JSON.stringify({ code: "imports.broken", details: {} });
    await saveFailure(undoing.databases.owner, undoing.community, { id: row.id, failure });
    throw error;
  }
}
