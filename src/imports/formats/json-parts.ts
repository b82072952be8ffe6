import type { Header } from "../stream/frames.ts";
import { JsonElements } from "../stream/json-elements.ts";
import { parseElement } from "../stream/parse-json.ts";
import { inReadingOrder } from "../stream/part-order.ts";
import type { Piece } from "../stream/piece.ts";
import { fed } from "../stream/reading.ts";
import type { Part, Source } from "../stream/source.ts";
import type { ResumePoint } from "./format.ts";
import { Harvest, type SkipReason } from "./harvest.ts";
import { isRaw, type Raw } from "./json-values.ts";
import { jsonPlace } from "./places.ts";

/** How the elements of one part are taken. */
export interface PartReader {
  /** The arrays that are wanted, by the keys that lead to them; see `JsonElements`. */
  readonly lists: readonly (readonly string[])[];
  /** Takes one element; says why if it cannot. `around` holds the small fields before it, outermost object first. */
  take(value: unknown, harvest: Harvest, around: readonly Header[]): SkipReason | undefined;
}

/** What to read. */
export interface JsonReading {
  readonly source: Source;
  readonly parts: readonly Part[];
  readonly resume: ResumePoint | undefined;
  /** Called when a part is begun or gone on with; undefined passes it over. */
  open(part: Part): Promise<PartReader | undefined> | PartReader | undefined;
}

/** Reads the parts of a source that are JSON, one after another in reading order, from the beginning or a resume point. */
export async function* readJsonParts(reading: JsonReading): AsyncGenerator<Harvest> {
  const { resume } = reading;
  const ordered = inReadingOrder(reading.parts);
  const known = ordered.findIndex((part) => part.name === resume?.part);
  for (const [i, part] of ordered.entries()) {
    if (i < known) continue;
    const reader = await reading.open(part);
    if (reader !== undefined) yield* readPart(reading, { part, reader, resume: i === known ? resume : undefined });
  }
}

interface OnePart {
  readonly part: Part;
  readonly reader: PartReader;
  readonly resume: ResumePoint | undefined;
}

async function* readPart({ source }: JsonReading, { part, reader, resume }: OnePart): AsyncGenerator<Harvest> {
  const elements = new JsonElements(reader.lists, resume && jsonPlace.parse(resume.place));
  const { chunks } = await source.read(part, elements.place().offset);
  for await (const _ of fed(elements, chunks)) {
    const harvest = new Harvest({ part: part.name, place: elements.place() });
    for (let piece = elements.next(); piece !== undefined; piece = elements.next()) {
      takePiece(piece, elements, { reader, harvest });
    }
    harvest.resume = { part: part.name, place: elements.place() };
    harvest.cutOff ||= elements.window.ended && !elements.complete;
    yield harvest;
  }
}

function takePiece(piece: Piece, elements: JsonElements, into: { reader: PartReader; harvest: Harvest }): void {
  const { reader, harvest } = into;
  if (piece.kind === "rejected") return harvest.reject(piece);
  const parsed = parseElement(elements.window.bytes, piece);
  if (parsed === undefined) return harvest.reject(elements.giveUp(piece));
  const trouble = reader.take(parsed.value, harvest, elements.around());
  if (trouble !== undefined) harvest.skip(trouble, piece, elements.window);
  if (parsed.repaired) harvest.repaired++;
}

/** How many elements the lists of a part hold. Nothing is parsed, so it costs little more than reading the file. */
export async function countElements(
  source: Source,
  part: Part,
  counting: { lists: PartReader["lists"]; signal: AbortSignal },
): Promise<number> {
  const elements = new JsonElements(counting.lists);
  let count = 0;
  const { chunks } = await source.read(part);
  for await (const _ of fed(elements, chunks)) {
    for (let piece = elements.next(); piece !== undefined; piece = elements.next()) count++;
    if (counting.signal.aborted) break;
  }
  return count;
}

/** The objects in the lists of a part of that name; nothing when there is no such part. Damage is passed over. */
export async function* objectsIn(source: Source, name: string, lists: PartReader["lists"]): AsyncGenerator<Raw> {
  const part = source.parts.find((each) => each.name === name);
  if (part === undefined) return;
  const elements = new JsonElements(lists);
  const { chunks } = await source.read(part);
  for await (const _ of fed(elements, chunks)) {
    for (let piece = elements.next(); piece !== undefined; piece = elements.next()) {
      const value = piece.kind === "element" ? parseElement(elements.window.bytes, piece)?.value : undefined;
      if (isRaw(value)) yield value;
    }
  }
}
