import { stat } from "node:fs/promises";
import type { CommunityCall } from "#src/accounts/call.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { formats } from "./formats/all.ts";
import {
  formatSchema,
  type Import,
  type ImportReport,
  type ImportStatus,
  LISTED_FIELDS,
  LISTED_SPACES,
} from "./model.ts";
import { reportFrom } from "./pipeline/report.ts";
import { findImport, type ImportRow, isLogRead, listImports, spaceIds } from "./store.ts";

/** Where imports are looked at: in which transaction, whose, and who must have read the log for their figures to be right. */
export interface View {
  readonly tx: Tx | Db;
  readonly community: CommunityId;
  readonly consumers: readonly string[];
}

/** The view of whoever calls a procedure. */
export function viewOf({ community, consumers }: CommunityCall, tx: Tx): View {
  return { tx, community, consumers: consumers.map((consumer) => consumer.name) };
}

/** An import that has come to some end. */
export const UNDOABLE: readonly ImportStatus[] = ["done", "failed", "cancelled"];

const asText = (at: Date | number | null): string | null => (at === null ? null : new Date(at).toISOString());

function ranked(counts: Readonly<Record<string, number>>): [name: string, count: number][] {
  return Object.entries(counts).toSorted((a, b) => b[1] - a[1]);
}

function failureOf(row: ImportRow): Import["failure"] {
  if (row.failure === null) return null;
  const failure: unknown = JSON.parse(row.failure);
  // Written by the pipeline alone.
  return failure as Import["failure"];
}

async function spacesOf(
  { tx, community }: View,
  told: { row: ImportRow; report: ImportReport },
): Promise<Import["spaces"]> {
  const platform = formats.find((format) => format.name === told.row.format)?.platform ?? "file";
  const largest = Object.entries(told.report.spaces)
    .toSorted((a, b) => b[1].messages - a[1].messages)
    .slice(0, LISTED_SPACES);
  const ids = await spaceIds(tx, community, { platform, externalIds: largest.map(([externalId]) => externalId) });
  return largest.flatMap(([externalId, { name, kind, messages }]) => {
    const id = ids.get(externalId);
    return id === undefined ? [] : [{ id, name, kind, stored: messages }];
  });
}

/** Whether the file of an import is still where it was, and as long. */
export async function isThere({ filePath, fileBytes }: ImportRow): Promise<boolean> {
  const file = await stat(filePath).catch(() => undefined);
  return file?.size === fileBytes;
}

/** An import as the API tells of it. */
export async function describeImport(view: View, row: ImportRow): Promise<Import> {
  const report = reportFrom(row.report);
  const { stored, updated, repeated, repaired, moves, newMembers, numbers, pace } = report;
  const skipped = Object.entries(report.skipped).map(([reason, { count, first }]) => ({ reason, count, first }));
  const running = row.status === "running";
  const hasPace = running && pace !== null && pace.bytes > 0;
  return {
    id: row.id,
    format: formatSchema.parse(row.format),
    fileName: row.fileName,
    fileBytes: row.fileBytes,
    readBytes: row.readBytes,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    startedAt: asText(row.startedAt),
    finishedAt: asText(row.finishedAt),
    startedBy: row.startedBy === null ? null : { id: row.startedBy, name: row.options.startedByName ?? "" },
    counts: {
      stored,
      updated,
      // While a file is read anew, what is stored of it counts as owed until it has been met again.
      repeated: Math.max(0, repeated),
      skipped: skipped.reduce((sum, each) => sum + each.count, 0),
      repaired,
      moves,
      newMembers,
      numbers,
    },
    byKind: report.byKind,
    firstAt: asText(report.firstAt),
    lastAt: asText(report.lastAt),
    spaces: await spacesOf(view, { row, report }),
    spaceCount: Object.keys(report.spaces).length,
    skipped: skipped.toSorted((a, b) => b.count - a.count),
    passedOver: ranked(report.passedOver).map(([what, count]) => ({ what, count })),
    unknownFields: ranked(report.unknownFields)
      .slice(0, LISTED_FIELDS)
      .map(([path, count]) => ({ path, count })),
    cutOff: report.cutOff,
    rate: hasPace ? pace.messages : null,
    secondsLeft: hasPace ? Math.max(0, (row.fileBytes - row.readBytes) / pace.bytes) : null,
    failure: failureOf(row),
    withdrawn: report.withdrawn && { messages: report.withdrawn.messages, kept: report.withdrawn.kept },
    mayTryAgain: row.status === "done" && skipped.length > 0 && (await isThere(row)),
    mayUndo: row.isTraced && UNDOABLE.includes(row.status),
    auditReady:
      (row.status === "done" || row.status === "withdrawn") &&
      (await isLogRead(view.tx, view.community, view.consumers)),
  };
}

/** The newest import that can be undone; refuses when there is none. */
export async function lastUndoable(view: View): Promise<string> {
  const rows = await listImports(view.tx, view.community, { before: undefined, limit: 100 });
  const last = rows.find((row) => row.isTraced && UNDOABLE.includes(row.status));
  return last === undefined ? refuse("not-found", "imports.no-such-import") : last.id;
}

/** One import of the community; refuses an id that is not there. */
export async function importById(view: View, id: string): Promise<Import> {
  const row = await findImport(view.tx, view.community, id);
  return row === undefined ? refuse("not-found", "imports.no-such-import") : describeImport(view, row);
}
