import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Sheet } from "../metrics/sheet.ts";
import { onlyRows } from "../metrics/sheet.ts";
import { readArrivals, readArrivalsIn } from "./arrivals.ts";
import { daysOf } from "./day-cache.ts";
import { joinAnswering, joinReplying, joinWriting } from "./packing.ts";
import type { Days } from "./sheets.ts";

/** Which rows of the days are wanted. */
export interface Wanted extends Days {
  /** Numbers of spaces; none: all. */
  readonly spaces: readonly number[];
  /** From which day on questions, answers and replies are wanted. */
  readonly answersFrom: number;
}

/** Runs one transaction inside the community. */
export type Run = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** The sheet of a span, narrowed to the chosen spaces; nobody is left out yet. Read on two connections at once. */
export async function readSheet(run: Run, community: CommunityId, wanted: Wanted): Promise<Sheet> {
  const { spaces } = wanted;
  const [only] = spaces;
  const [days, arriving] = await Promise.all([
    daysOf(run, community, wanted),
    run((tx) =>
      spaces.length > 1
        ? readArrivalsIn(tx, community, wanted)
        : readArrivals(tx, community, { ...wanted, space: only ?? 0 }),
    ),
  ]);
  const answered = days.filter(({ day }) => day >= wanted.answersFrom);
  const sheet = {
    writing: joinWriting(days),
    answering: joinAnswering(answered),
    replying: joinReplying(answered),
    arriving,
  };
  if (spaces.length === 0) return sheet;
  const chosen = new Set(spaces);
  const inChosen = <Table extends { readonly day: Int32Array; readonly space: Uint16Array }>(table: Table): Table =>
    onlyRows(table, (row) => chosen.has(table.space[row] ?? 0));
  return {
    ...sheet,
    writing: inChosen(sheet.writing),
    answering: inChosen(sheet.answering),
    replying: inChosen(sheet.replying),
  };
}

/** The same sheet with only those rows whose author `counts`. Replies keep whomever they are addressed to. */
export function onlyMembers(sheet: Sheet, counts: (member: number) => boolean): Sheet {
  const { writing, answering, replying, arriving } = sheet;
  return {
    writing: onlyRows(writing, (row) => counts(writing.member[row] ?? 0)),
    answering: onlyRows(answering, (row) => counts(answering.member[row] ?? 0)),
    replying: onlyRows(replying, (row) => counts(replying.from[row] ?? 0)),
    arriving: onlyRows(arriving, (row) => counts(arriving.member[row] ?? 0)),
  };
}
