import type { IncomingMessage, IncomingMove, StoredBatch } from "#src/platforms/model.ts";
import type { Skip } from "../formats/harvest.ts";
import { type ImportReport, KEPT_PIECES, reportSchema, TOLD_PLACES } from "../model.ts";
import type { Batch } from "./batch.ts";

/** A whole account may have thousands of chats; more than this are counted and not named. */
const NAMED_SPACES = 5000;
const NAMED_FIELDS = 200;
/** No community has more; more would be a faulty sign. */
const NAMED_BOTS = 1000;

/** The report of an import that has done nothing yet, or as it was stored. */
export function reportFrom(stored: unknown): ImportReport {
  return reportSchema.parse(stored ?? {});
}

function addCounts(sum: Record<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [key, count] of more) {
    if (Object.hasOwn(sum, key) || Object.keys(sum).length < NAMED_FIELDS) sum[key] = (sum[key] ?? 0) + count;
  }
}

function addSkips(report: ImportReport, skips: readonly Skip[]): void {
  for (const { reason, offset, number } of skips) {
    const known = (report.skipped[reason] ??= { count: 0, first: [] });
    known.count++;
    if (known.first.length < TOLD_PLACES) known.first.push({ offset, number });
  }
}

function addMessages(report: ImportReport, messages: readonly IncomingMessage[]): void {
  for (const { kind, sentAt, spaceExternalId } of messages) {
    report.byKind[kind] = (report.byKind[kind] ?? 0) + 1;
    if (report.firstAt === null || sentAt < report.firstAt) report.firstAt = sentAt;
    if (report.lastAt === null || sentAt > report.lastAt) report.lastAt = sentAt;
    const space = report.spaces[spaceExternalId];
    if (space !== undefined) space.messages++;
  }
  const bots = messages.filter(({ author }) => author.kind === "bot").map(({ author }) => author.externalId);
  if (bots.length > 0) report.bots = [...new Set([...report.bots, ...bots])].slice(0, NAMED_BOTS);
}

function addMoves(report: ImportReport, moves: readonly IncomingMove[]): void {
  for (const { happenedAt } of moves) {
    if (report.movedFrom === null || happenedAt < report.movedFrom) report.movedFrom = happenedAt;
    if (report.movedTo === null || happenedAt > report.movedTo) report.movedTo = happenedAt;
  }
}

/** The pieces of a batch that are kept for a person to look at, as long as there is room. */
export function piecesToKeep(report: ImportReport, batch: Batch): readonly (Skip & { readonly raw: Buffer })[] {
  const pieces = batch.skipped.filter((skip): skip is Skip & { readonly raw: Buffer } => skip.raw !== undefined);
  return pieces.slice(0, Math.max(0, KEPT_PIECES - report.kept));
}

/** What became of a batch, and of which messages. */
export interface Outcome extends StoredBatch {
  readonly messages: readonly IncomingMessage[];
}

/** The report after one more batch; the old one stays as it was, because the batch may yet fail. */
export function reportAfter(before: ImportReport, batch: Batch, result: Outcome): ImportReport {
  const report = structuredClone(before);
  for (const { externalId, name, kind } of batch.spaces.values()) {
    if (Object.hasOwn(report.spaces, externalId) || Object.keys(report.spaces).length >= NAMED_SPACES) continue;
    report.spaces[externalId] = { name, kind, messages: 0 };
  }
  addMessages(report, result.messages);
  addMoves(report, batch.moves);
  report.kept += piecesToKeep(before, batch).length;
  addSkips(report, batch.skipped);
  addCounts(report.passedOver, batch.passedOver);
  addCounts(report.unknownFields, batch.unknownFields);
  report.stored += result.stored;
  report.updated += result.updated;
  report.repeated += result.repeated;
  report.moves += result.moves;
  report.newMembers += result.newMembers;
  report.repaired += batch.repaired;
  report.numbers += batch.numbers.length;
  report.cutOff ||= batch.cutOff;
  return report;
}
