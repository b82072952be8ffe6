import { setTimeout as pause } from "node:timers/promises";
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Secrets } from "#src/base/secrets.ts";
import { type FieldMap, ownFields } from "./formats/format.ts";
import { missingFields } from "./formats/row-fields.ts";
import type { DateOrder, Import, ImportStatus } from "./model.ts";
import { type ImportLock, lockImports } from "./pipeline/lock.ts";
import { recogniseFile } from "./pipeline/preview.ts";
import { reportFrom } from "./pipeline/report.ts";
import { takeTurn } from "./pipeline/turn.ts";
import type { Carrying, ImportProgress } from "./pipeline/writer.ts";
import { describeImport, importById, isThere, UNDOABLE, type View } from "./queries.ts";
import {
  beginAnew,
  findImport,
  findUnfinished,
  type ImportRow,
  insertImport,
  moveStatus,
  type NewImport,
  nextImport,
} from "./store.ts";
import { takeBack } from "./undoing/withdraw.ts";

/** What somebody decides about an import. */
export interface ImportWish {
  readonly path: string;
  readonly name: string;
  readonly format?: string | undefined;
  readonly timeZone: string;
  readonly dateOrder?: DateOrder | undefined;
  readonly fields?: FieldMap | undefined;
  readonly spaces?: readonly string[] | undefined;
  readonly startedBy?: { readonly id: string; readonly name: string } | undefined;
  readonly now: number;
}

/** The fields as they will be used: what was guessed, corrected by what was chosen. Refuses what cannot work. */
function chosenFields(
  fields: readonly string[] | undefined,
  guess: FieldMap | undefined,
  wish: ImportWish,
): FieldMap | undefined {
  if (fields === undefined) return undefined;
  const strange = Object.values(wish.fields ?? {}).find((field) => !fields.includes(field) && !field.includes("."));
  if (strange !== undefined) refuse("invalid", "imports.no-such-field", { field: strange });
  const map = { ...guess, ...wish.fields };
  const missing = missingFields(map);
  if (missing.length > 0) refuse("invalid", "imports.missing-fields", { fields: missing.join(", ") });
  // In one order always, so that the same choices are the same.
  return Object.fromEntries(ownFields.flatMap((own) => (map[own] === undefined ? [] : [[own, map[own]]])));
}

/** Checks a file and the choices made for it. Refuses at once what would fail later. */
export async function planImport(wish: ImportWish): Promise<NewImport> {
  const { source, format, recognised } = await recogniseFile(wish.path, wish.name, wish.format);
  const fields = chosenFields(recognised.fields, recognised.guess, wish);
  const { spaces, startedBy } = wish;
  if (recognised.dates?.isGuess === true && wish.dateOrder === undefined) refuse("invalid", "imports.which-dates");
  const dateOrder = recognised.dates === undefined ? undefined : (wish.dateOrder ?? recognised.dates.order);
  return {
    format: format.name,
    fileName: wish.name,
    filePath: wish.path,
    fileBytes: source.bytes,
    options: {
      timeZone: wish.timeZone,
      ...(dateOrder === undefined ? {} : { dateOrder }),
      ...(fields === undefined ? {} : { fields }),
      ...(spaces === undefined ? {} : { spaces: spaces.toSorted() }),
      ...(startedBy === undefined ? {} : { startedByName: startedBy.name }),
    },
    ...(startedBy === undefined ? {} : { startedBy: startedBy.id }),
    now: wish.now,
  };
}

/** Puts an import in line. The caller sends the job that takes it from there. */
export async function startImport(tx: Tx, community: CommunityId, plan: NewImport): Promise<ImportRow> {
  return insertImport(tx, community, plan);
}

interface Change {
  readonly id: string;
  readonly now: number;
}

async function changed(view: View, row: ImportRow | undefined): Promise<Import> {
  return row === undefined ? refuse("conflict", "imports.too-late") : describeImport(view, row);
}

/** Stops an import: at once if it still waits, at the next batch if it runs. What is stored stays. */
export async function cancelImport(view: View, { id, now }: Change): Promise<Import> {
  const { tx, community } = view;
  const known = await findImport(tx, community, id);
  if (known === undefined) return refuse("not-found", "imports.no-such-import");
  const stopped = await moveStatus(tx, community, { id, from: ["waiting"], to: "cancelled", now });
  const running: ImportStatus[] = ["running", "cancelling"];
  return changed(view, stopped ?? (await moveStatus(tx, community, { id, from: running, to: "cancelling", now })));
}

/** Lets an import that was cancelled or has failed go on where it stopped. */
export async function resumeImport(view: View, { id, now }: Change): Promise<Import> {
  const { tx, community } = view;
  const known = await findImport(tx, community, id);
  if (known === undefined) return refuse("not-found", "imports.no-such-import");
  if (reportFrom(known.report).withdrawn !== null) refuse("conflict", "imports.half-undone");
  const file = await stat(known.filePath).catch(() => undefined);
  if (file === undefined) refuse("conflict", "imports.file-gone", { name: known.fileName });
  return changed(view, await moveStatus(tx, community, { id, from: ["cancelled", "failed"], to: "waiting", now }));
}

/**
 * Has a finished import read its file anew for what it could not take in. Nothing is stored twice: the report goes on from
 * what is stored, which is met again as known.
 */
export async function tryAgain(view: View, { id, now }: Change): Promise<Import> {
  const { tx, community } = view;
  const known = await findImport(tx, community, id);
  if (known === undefined) return refuse("not-found", "imports.no-such-import");
  const { stored, updated, moves, newMembers, skipped } = reportFrom(known.report);
  if (Object.keys(skipped).length === 0) refuse("conflict", "imports.nothing-skipped");
  if (!(await isThere(known))) refuse("conflict", "imports.file-gone", { name: known.fileName });
  const report = reportFrom({ stored, updated, moves, newMembers, repeated: -(stored + updated) });
  return changed(view, await beginAnew(tx, community, { id, report, now }));
}

/** Lets everything that an import brought be taken out again. What other imports brought as well stays. */
export async function undoImport(view: View, { id, now }: Change): Promise<Import> {
  const { tx, community } = view;
  const known = await findImport(tx, community, id);
  if (known === undefined) return refuse("not-found", "imports.no-such-import");
  if (known.status === "withdrawing" || known.status === "withdrawn") return describeImport(view, known);
  if (!known.isTraced) refuse("conflict", "imports.before-undoing");
  return changed(view, await moveStatus(tx, community, { id, from: UNDOABLE, to: "withdrawing", now }));
}

/** Runs the imports of a community one after another until none waits, and undoes those that are to be undone. Leaves them to whoever is at it already. */
export async function runImports(carrying: Omit<Carrying, "onProgress">): Promise<void> {
  const { databases, community, signal } = carrying;
  const lock = await lockImports(databases, community);
  if (lock === undefined) return;
  try {
    const both = AbortSignal.any([signal, lock.lost]);
    for (;;) {
      const row = both.aborted ? undefined : await nextImport(databases.owner, community);
      if (row === undefined) return;
      if (row.status === "withdrawing") await takeBack({ ...carrying, signal: both }, row);
      else await takeTurn({ ...carrying, signal: both }, row);
    }
  } finally {
    await lock.release();
  }
}

/** An import from start to end in this process, as the command line does it. */
export interface HistoryToImport {
  readonly databases: Databases;
  readonly community: CommunityId;
  readonly file: string;
  readonly format?: string | undefined;
  readonly map?: FieldMap | undefined;
  /** For times without a zone. */
  readonly timeZone: string;
  readonly dateOrder?: DateOrder | undefined;
  readonly spaces?: readonly string[] | undefined;
  readonly signal: AbortSignal;
  /** See `IntakeOptions`. */
  readonly secrets?: Secrets | undefined;
  readonly now?: () => number;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** How often a waiting command line looks whether its turn has come, in milliseconds. */
const LOOK_MS = 300;

async function waitForLock(
  wanted: Pick<HistoryToImport, "databases" | "community" | "signal">,
): Promise<ImportLock | undefined> {
  for (;;) {
    const lock = wanted.signal.aborted ? undefined : await lockImports(wanted.databases, wanted.community);
    if (lock !== undefined || wanted.signal.aborted) return lock;
    await pause(LOOK_MS, undefined, { signal: wanted.signal }).catch(() => undefined);
  }
}

const UNFINISHED: readonly ImportStatus[] = ["waiting", "running", "cancelling", "cancelled", "failed"];

/**
 * Imports a file and answers with the finished import. The same file with the same choices goes on where an earlier run
 * was killed or stopped; a file that was imported before changes nothing. When `signal` is aborted it stops at the
 * next batch with the status `cancelled`. Refuses what cannot be read.
 */
export async function importHistory(wanted: HistoryToImport): Promise<Import> {
  const { databases, community, signal, secrets, now = Date.now } = wanted;
  const path = resolve(wanted.file);
  const { format, map: fields, timeZone, dateOrder, spaces } = wanted;
  const plan = await planImport({
    path,
    name: basename(path),
    format,
    timeZone,
    dateOrder,
    fields,
    spaces,
    now: now(),
  });
  const lock = await waitForLock(wanted);
  if (lock === undefined) return refuse("conflict", "imports.busy");
  try {
    const known = await findUnfinished(databases.owner, community, plan);
    const row = known ?? (await insertImport(databases.owner, community, plan));
    const { id } = row;
    await moveStatus(databases.owner, community, { id, from: UNFINISHED, to: "waiting", now: now() });
    const both = AbortSignal.any([signal, lock.lost]);
    const { onProgress } = wanted;
    const carrying = {
      databases,
      community,
      signal: both,
      secrets,
      now,
      ...(onProgress === undefined ? {} : { onProgress }),
    };
    await takeTurn(carrying, row);
    await moveStatus(databases.owner, community, { id, from: ["waiting"], to: "cancelled", now: now() });
    const ended = await findImport(databases.owner, community, id);
    return ended === undefined
      ? refuse("not-found", "imports.no-such-import")
      : await toldEnd(databases, community, ended);
  } finally {
    await lock.release();
  }
}

/** An import to be undone from start to end in this process, as the command line does it. */
export interface ImportToUndo extends Pick<HistoryToImport, "databases" | "community" | "signal" | "now"> {
  readonly id: string;
  readonly onUndone?: (done: number, of: number) => void;
}

/**
 * Undoes an import and answers with it. When `signal` is aborted it stops at the next stretch; the same command, or a
 * running app, goes on from there. Undone already, it changes nothing.
 */
export async function withdrawHistory(wanted: ImportToUndo): Promise<Import> {
  const { databases, community, id, signal, now = Date.now, onUndone } = wanted;
  const view = { tx: databases.owner, community, consumers: [] };
  const lock = await waitForLock(wanted);
  if (lock === undefined) return refuse("conflict", "imports.busy");
  try {
    await undoImport(view, { id, now: now() });
    const row = await findImport(databases.owner, community, id);
    const both = AbortSignal.any([signal, lock.lost]);
    const undoing = { databases, community, signal: both, now, ...(onUndone === undefined ? {} : { onUndone }) };
    if (row?.status === "withdrawing") await takeBack(undoing, row);
    return importById(view, id);
  } finally {
    await lock.release();
  }
}

/** What a person at the command line is told of a failed import is why it failed. */
async function toldEnd(databases: Databases, community: CommunityId, row: ImportRow): Promise<Import> {
  const told = await describeImport({ tx: databases.owner, community, consumers: [] }, row);
  if (told.failure !== null) refuse("invalid", told.failure.code, told.failure.details);
  return told;
}

/** Forgets broken pieces that were kept before an instant, in milliseconds since 1970 UTC; returns how many. */
export async function forgetOldPieces(tx: Tx, community: CommunityId, before: number): Promise<number> {
  const gone = await sql`
    delete from quarantine where community_id = ${community} and quarantined_at < ${new Date(before)}`.execute(tx);
  return Number(gone.numAffectedRows ?? 0n);
}
