import { z } from "zod";
import { JsonElements } from "../stream/json-elements.ts";
import { Lines } from "../stream/lines.ts";
import { parseElement } from "../stream/parse-json.ts";
import type { Piece } from "../stream/piece.ts";
import { fed, type Splitter } from "../stream/reading.ts";
import { openingOfPart, type Part, type Source } from "../stream/source.ts";
import type { Choices, HistoryFormat, Opening, Recognised, ResumePoint } from "./format.ts";
import { Harvest } from "./harvest.ts";
import { guessFields } from "./row-fields.ts";
import { isRow, type Row, RowTaker } from "./rows.ts";
import { isLocalTime } from "./written-time.ts";
import { jsonPlace } from "./places.ts";

const linePlace = z.object({ offset: z.number(), line: z.number() });

/** The rows that lie whole in a file's opening. */
function firstRows(text: string): Row[] {
  const list = isList(text);
  const splitter: Splitter<unknown> = list ? new JsonElements([[]]) : new Lines();
  splitter.feed(Buffer.from(text));
  const rows: Row[] = [];
  for (let piece = splitter.next(); piece !== undefined; piece = splitter.next()) {
    const value = piece.kind === "element" ? parseElement(splitter.window.bytes, piece)?.value : undefined;
    if (isRow(value)) rows.push(value);
  }
  const last = list ? undefined : lastLine(text);
  return last === undefined ? rows : [...rows, last];
}

/** A short file need not end its last line. */
function lastLine(text: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(text.slice(text.lastIndexOf("\n") + 1));
    return isRow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isList(text: string): boolean {
  return /^\uFEFF?\s*\[/.test(text);
}

function fieldsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.slice(0, 50).flatMap((row) => Object.keys(row)))];
}

function recognise({ text }: Opening): Recognised | undefined {
  if (!/^\uFEFF?\s*[[{]/.test(text)) return undefined;
  const rows = firstRows(text);
  if (rows.length === 0) return undefined;
  const fields = fieldsOf(rows);
  const guess = guessFields(fields);
  const { sentAt } = guess;
  return { needsTimeZone: sentAt !== undefined && rows.some((row) => isLocalTime(row[sentAt])), fields, guess };
}

function takePiece(piece: Piece, splitter: Splitter<unknown>, into: { harvest: Harvest; rows: RowTaker }): void {
  const { harvest, rows } = into;
  if (piece.kind === "rejected") return harvest.reject(piece);
  const parsed = parseElement(splitter.window.bytes, piece);
  if (parsed === undefined) return harvest.reject(splitter.giveUp(piece));
  const trouble = isRow(parsed.value) ? rows.take(parsed.value, harvest) : "not-a-message";
  if (trouble !== undefined) harvest.skip(trouble, piece, splitter.window);
  if (parsed.repaired) harvest.repaired++;
}

function openSplitter(list: boolean, resume: ResumePoint | undefined): Splitter<{ offset: number }> {
  if (list) return new JsonElements([[]], resume && jsonPlace.parse(resume.place));
  return new Lines(resume && linePlace.parse(resume.place));
}

/** The part that holds rows: the first one, because archives with more are of other formats. */
function firstPart(source: Source): Part {
  const [part] = source.parts;
  if (part === undefined) throw new Error("a source has at least one part");
  return part;
}

async function* read(source: Source, choices: Choices, resume?: ResumePoint): AsyncGenerator<Harvest> {
  const part = firstPart(source);
  const opening = (await openingOfPart(source, part)).toString();
  const list = isList(opening);
  const rows = new RowTaker(fieldsOf(firstRows(opening)), choices, part.name);
  const splitter = openSplitter(list, resume);
  const { chunks } = await source.read(part, splitter.place().offset);
  for await (const _ of fed(splitter, chunks)) {
    const harvest = new Harvest({ part: part.name, place: splitter.place() });
    for (let piece = splitter.next(); piece !== undefined; piece = splitter.next()) {
      takePiece(piece, splitter, { harvest, rows });
    }
    harvest.resume = { part: part.name, place: splitter.place() };
    yield harvest;
  }
}

/** One JSON object a line, or one list of objects; which field holds what is guessed or chosen. */
export const jsonl: HistoryFormat = { name: "jsonl", platform: "file", recognise, read };
