import { z } from "zod";
import { CsvRecords, csvFields } from "../stream/csv-records.ts";
import { storable } from "../stream/parse-json.ts";
import type { Piece } from "../stream/piece.ts";
import { fed } from "../stream/reading.ts";
import { openingOfPart, type Source } from "../stream/source.ts";
import type { Choices, HistoryFormat, Opening, Recognised, ResumePoint } from "./format.ts";
import { Harvest, type SkipReason } from "./harvest.ts";
import { guessFields } from "./row-fields.ts";
import { type Row, RowTaker } from "./rows.ts";
import { isLocalTime } from "./written-time.ts";

const csvPlace = z.object({ offset: z.number(), record: z.number() });
/** An opening shorter than this is the whole file. */
const WHOLE_CHARS = 10_000;
const SEPARATORS = [",", ";", "\t", "|"] as const;

/** How a table is laid out: what stands between its columns, and what they are called. */
export interface Layout {
  readonly separator: string;
  readonly columns: readonly string[];
}

function recordsIn(text: string, separator: string, most: number): string[][] {
  const records = new CsvRecords(separator);
  records.feed(Buffer.from(text));
  records.end();
  const rows: string[][] = [];
  for (let piece = records.next(); piece !== undefined && rows.length < most; piece = records.next()) {
    if (piece.kind === "element")
      rows.push(csvFields(records.window.bytes.toString("utf8", piece.from, piece.to), separator));
  }
  return rows;
}

/** The separator that gives the first line the most columns; the first line names them. */
export function layoutOf(text: string): Layout {
  const layouts = SEPARATORS.map((separator) => ({
    separator,
    columns: (recordsIn(text, separator, 1)[0] ?? []).map((name) => name.trim()),
  }));
  return layouts.reduce((best, each) => (each.columns.length > best.columns.length ? each : best));
}

function recognise({ text }: Opening): Recognised | undefined {
  if (text.trim() === "" || /^\uFEFF?\s*[[{<]/.test(text)) return undefined;
  const { separator, columns } = layoutOf(text);
  if (columns.length < 2 || columns.some((column) => column.length > 200)) return undefined;
  const guess = guessFields(columns);
  const column = guess.sentAt === undefined ? -1 : columns.indexOf(guess.sentAt);
  // The opening of a long file ends somewhere inside a row.
  const rows = recordsIn(text, separator, 50).slice(1, text.length < WHOLE_CHARS ? undefined : -1);
  return { needsTimeZone: rows.some((row) => isLocalTime(row[column])), fields: columns, guess };
}

/** The record as a row; undefined when it does not fit the columns. Empty fields at its end are forgiven. */
function rowOf(fields: readonly string[], columns: readonly string[]): Row | undefined {
  const surplus = fields.slice(columns.length);
  if (fields.length < columns.length || surplus.some((field) => field.trim() !== "")) return undefined;
  return Object.fromEntries(columns.map((column, i) => [column, fields[i] ?? ""]));
}

/** Takes one row into a harvest; says why if it cannot. */
export type TakeRow = (row: Row, harvest: Harvest) => SkipReason | undefined;

interface Taking {
  readonly harvest: Harvest;
  readonly take: TakeRow;
  readonly layout: Layout;
}

function takePiece(piece: Piece, records: CsvRecords, { harvest, take, layout }: Taking): void {
  if (piece.kind === "rejected") return harvest.reject(piece);
  if (piece.number === 1) return;
  const { bytes } = records.window;
  const record = bytes.toString("utf8", piece.from, piece.to);
  const row = rowOf(csvFields(storable(record), layout.separator), layout.columns);
  if (row === undefined && record.includes("\n")) return harvest.reject(records.giveUp(piece));
  const trouble = row === undefined ? "wrong-columns" : take(row, harvest);
  if (trouble !== undefined) harvest.skip(trouble, piece, records.window);
}

/** Reads the rows of a table, from the beginning or a resume point. `taker` is asked once how rows of its layout are taken. */
export async function* readTable(
  source: Source,
  resume: ResumePoint | undefined,
  taker: (layout: Layout, fileName: string) => TakeRow,
): AsyncGenerator<Harvest> {
  const [part] = source.parts;
  if (part === undefined) throw new Error("a source has at least one part");
  const layout = layoutOf((await openingOfPart(source, part)).toString());
  const take = taker(layout, part.name);
  const records = new CsvRecords(layout.separator, resume && csvPlace.parse(resume.place));
  const { chunks } = await source.read(part, records.place().offset);
  for await (const _ of fed(records, chunks)) {
    const harvest = new Harvest({ part: part.name, place: records.place() });
    for (let piece = records.next(); piece !== undefined; piece = records.next()) {
      takePiece(piece, records, { harvest, take, layout });
    }
    harvest.resume = { part: part.name, place: records.place() };
    yield harvest;
  }
}

function read(source: Source, choices: Choices, resume?: ResumePoint): AsyncGenerator<Harvest> {
  return readTable(source, resume, ({ columns }, fileName) => {
    const rows = new RowTaker(columns, choices, fileName);
    return (row, harvest) => rows.take(row, harvest);
  });
}

/** A table with a line of column names, separated by commas, semicolons, tabs or bars, as Excel and databases write it. */
export const csv: HistoryFormat = { name: "csv", platform: "file", recognise, read };
