import type { Tx } from "#src/base/database.ts";
import { logger } from "#src/base/logger.ts";
import { Refusal } from "#src/base/refusal.ts";
import { thriftily } from "#src/base/thrift.ts";
import type { NewFact } from "#src/events.ts";
import { append } from "#src/log/append.ts";
import { markMembers } from "#src/members/actions.ts";
import { formatNamed } from "../formats/all.ts";
import type { ImportReport, ImportStatus } from "../model.ts";
import { findImport, type ImportRow, moveStatus, peopleMadeSince, saveFailure } from "../store.ts";
import { dropUploadAt } from "../uploads/uploads.ts";
import { carry } from "./carry.ts";
import { reportFrom } from "./report.ts";
import { isPassing } from "./trouble.ts";
import type { Carrying } from "./writer.ts";

/** One line for the log of the community: these messages, comings and goings are stored now. */
function toldOf(importId: string, report: ImportReport, now: number): NewFact[] {
  const { firstAt, lastAt, movedFrom, movedTo, stored, updated, moves } = report;
  const times = [firstAt, lastAt, movedFrom, movedTo].filter((at) => at !== null);
  if (times.length === 0 || stored + updated + moves === 0) return [];
  const payload = { importId, messages: stored + updated, firstAt: Math.min(...times), lastAt: Math.max(...times) };
  return [{ kind: "history.imported", happenedAt: now, payload }];
}

interface Seen {
  readonly carrying: Carrying;
  readonly row: ImportRow;
  readonly report: ImportReport;
}

/**
 * Somebody who wrote like a person at first may prove to be a bot later in the file. Only people whom this import made
 * are marked: what the team decided about those it knew before stands.
 */
async function markBots(tx: Tx, { carrying, row, report }: Seen): Promise<void> {
  const { community, now } = carrying;
  if (report.bots.length === 0) return;
  const { platform } = formatNamed(row.format);
  const since = row.startedAt ?? row.createdAt;
  const members = await peopleMadeSince(tx, community, { platform, externalIds: report.bots, since });
  if (members.length === 0) return;
  await markMembers(tx, community, { marks: members.map((memberId) => ({ memberId, isBot: true })), now: now() });
}

interface Ending {
  readonly id: string;
  readonly to: ImportStatus;
  readonly report: ImportReport;
}

/** Ends an import and tells of it in one transaction. An import that stops to go on later tells nothing yet. */
async function endImport(carrying: Carrying, { id, to, report }: Ending): Promise<ImportRow | undefined> {
  const { databases, community, now } = carrying;
  return databases.asOwner(async (tx) => {
    const ended = await moveStatus(tx, community, { id, from: ["running", "cancelling"], to, now: now() });
    if (ended === undefined || to === "waiting") return ended;
    await markBots(tx, { carrying, row: ended, report });
    await append(tx, community, toldOf(id, report, now()));
    return ended;
  });
}

function failureOf(error: unknown): string {
  if (error instanceof Refusal) return JSON.stringify({ code: error.code, details: error.details });
  return JSON.stringify({ code: "imports.broken", details: {} });
}

async function fail(carrying: Carrying, row: ImportRow, error: unknown): Promise<void> {
  const { databases, community } = carrying;
  if (!(error instanceof Refusal)) logger.error({ import: row.id, err: error }, "an import broke");
  const stored = await findImport(databases.owner, community, row.id);
  await saveFailure(databases.owner, community, { id: row.id, failure: failureOf(error) });
  await endImport(carrying, { id: row.id, to: "failed", report: reportFrom(stored?.report) });
}

/**
 * Gives an import its turn, under the community's lock: carries it to its end, and brings row, log and file into order
 * after whatever end it took. Throws what is a bug; a refusal becomes the import's failure.
 */
export async function takeTurn(carrying: Carrying, waiting: ImportRow): Promise<void> {
  const { databases, community, now } = carrying;
  const { id } = waiting;
  const from: ImportStatus[] = ["waiting", "running"];
  const row = await moveStatus(databases.owner, community, { id, from, to: "running", now: now() });
  if (row === undefined) {
    await endImport(carrying, { id, to: "cancelled", report: reportFrom(waiting.report) });
    return;
  }
  try {
    const { end, report } = await thriftily(() => carry(carrying, row));
    const to = end === "end-of-file" ? "done" : end === "cancelled" ? "cancelled" : "waiting";
    await endImport(carrying, { id, to, report });
    // A version that understands more may want the file of which something was put aside.
    if (to === "done" && Object.keys(report.skipped).length === 0) await dropUploadAt(row.filePath);
  } catch (error) {
    // It stays "running" without anybody at it, so whoever looks next goes on with it.
    if (isPassing(error)) throw error;
    await fail(carrying, row, error);
    if (!(error instanceof Refusal)) throw error;
  }
}
