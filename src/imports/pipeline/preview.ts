import { dayToDate } from "#src/base/clock.ts";
import type { IncomingMessage } from "#src/platforms/model.ts";
import { refuse } from "#src/base/refusal.ts";
import { formats } from "../formats/all.ts";
import type { Choices, FieldMap, FoundSpace, HistoryFormat, Opening, OwnField, Recognised } from "../formats/format.ts";
import type { DailyNumber, Harvest, Skip } from "../formats/harvest.ts";
import { missingFields } from "../formats/row-fields.ts";
import { type DateOrder, dailyMetrics, formatSchema, LISTED_SPACES, type Preview } from "../model.ts";
import { openingOfPart, openSource, type Reading, type Source } from "../stream/source.ts";

/** How long a preview reads before it answers with what it has, in milliseconds. */
const READ_MS = 2500;
/** How long it looks for the spaces of a whole account. */
const SPACES_MS = 8000;
const SAMPLE_ROWS = 20;
const SAMPLE_SKIPS = 10;
const SAMPLE_CHARS = 500;

/** What a person has decided so far. */
export interface PreviewChoices {
  readonly format?: string | undefined;
  readonly timeZone: string;
  readonly dateOrder?: DateOrder | undefined;
  readonly fields?: FieldMap | undefined;
  readonly now: number;
}

/** A file with the format it is in. */
export interface RecognisedFile {
  readonly source: Source;
  readonly format: HistoryFormat;
  readonly recognised: Recognised;
  readonly opening: string;
}

/** The history need not be in the largest file of an archive: people put other things beside it. */
const LOOKED_AT = 3;

/** Opens a file and finds its format; `wanted` names the one somebody insists on. Refuses what no format recognises. */
export async function recogniseFile(path: string, name: string, wanted?: string): Promise<RecognisedFile> {
  const source = await openSource(path, name);
  const parts = source.parts.map((part) => part.name);
  const openings: Opening[] = [];
  for (const part of source.parts.slice(0, LOOKED_AT)) {
    openings.push({ name: part.name, text: (await openingOfPart(source, part)).toString(), parts });
  }
  for (const format of formats.filter((each) => wanted === undefined || each.name === wanted)) {
    for (const opening of openings) {
      const recognised = format.recognise(opening);
      if (recognised === undefined) continue;
      // Which of several tables holds the messages is not ours to guess.
      if (source.parts.length > 1 && recognised.fields !== undefined)
        refuse("invalid", "imports.several-files", { name });
      return { source, format, recognised, opening: opening.text };
    }
  }
  return refuse("invalid", "imports.unknown-format", { name });
}

interface Look {
  readonly sample: IncomingMessage[];
  readonly skipped: Skip[];
  readonly spaces: Map<string, { name: string; messages: number }>;
  readonly authors: Set<string>;
  readonly numbers: DailyNumber[];
  messages: number;
  firstAt: number | undefined;
  lastAt: number | undefined;
  complete: boolean;
  cutOff: boolean;
  /** Share of the file on disk that was read. */
  share: number;
}

function see(look: Look, harvest: Harvest): void {
  for (const space of harvest.spaces.values()) {
    if (!look.spaces.has(space.externalId)) look.spaces.set(space.externalId, { name: space.name, messages: 0 });
  }
  for (const message of harvest.messages) {
    const space = look.spaces.get(message.spaceExternalId);
    if (space !== undefined) space.messages++;
    look.authors.add(message.author.externalId);
    look.firstAt = Math.min(look.firstAt ?? message.sentAt, message.sentAt);
    look.lastAt = Math.max(look.lastAt ?? message.sentAt, message.sentAt);
  }
  look.messages += harvest.messages.length;
  look.sample.push(...harvest.messages.slice(0, SAMPLE_ROWS - look.sample.length));
  look.skipped.push(
    ...harvest.skipped.filter((skip) => skip.reason !== "unsupported").slice(0, SAMPLE_SKIPS - look.skipped.length),
  );
  for (const number of harvest.numbers) look.numbers.push(number);
  look.cutOff ||= harvest.cutOff;
}

async function lookInto({ source, format }: RecognisedFile, choices: Choices): Promise<Look> {
  const look: Look = {
    sample: [],
    skipped: [],
    spaces: new Map(),
    authors: new Set(),
    numbers: [],
    messages: 0,
    firstAt: undefined,
    lastAt: undefined,
    complete: true,
    cutOff: false,
    share: 1,
  };
  let reading: Reading | undefined;
  const watched: Source = { ...source, read: async (part, from) => (reading = await source.read(part, from)) };
  const started = performance.now();
  for await (const harvest of format.read(watched, choices)) {
    see(look, harvest);
    look.share = (reading?.consumed() ?? source.bytes) / source.bytes;
    if (performance.now() - started < READ_MS) continue;
    look.complete = look.share >= 1;
    break;
  }
  return look;
}

function spacesOf(look: Look, found: readonly FoundSpace[] | undefined): Preview["spaces"] {
  if (found !== undefined) return found.map((space) => ({ ...space }));
  return [...look.spaces].map(([externalId, { name, messages }]) => ({
    externalId,
    name,
    type: "chat",
    isPrivate: false,
    messages: look.complete ? messages : null,
  }));
}

function exampleOf({ opening }: RecognisedFile, field: string): string {
  // Good enough for showing: the first value that follows the field's name in a line of JSON.
  const name = JSON.stringify(field).replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const [, value = ""] = new RegExp(`${name}\\s*:\\s*("(?:[^"\\\\]|\\\\.){0,200}"|[^,}\\s]{1,40})`).exec(opening) ?? [];
  return value.replaceAll('"', "").slice(0, 80);
}

interface Told {
  readonly file: RecognisedFile;
  readonly look: Look;
  readonly spaces: Preview["spaces"];
  readonly missing: readonly OwnField[];
}

function warningsOf({ file, look, spaces, missing }: Told): Preview["warnings"] {
  const warnings: Preview["warnings"] = [];
  const privateChats = spaces.filter((space) => space.isPrivate).length;
  if (look.cutOff) warnings.push({ code: "cut-off", details: {} });
  if (file.recognised.dates?.isGuess === true) warnings.push({ code: "date-order", details: {} });
  if (file.recognised.needsTimeZone) warnings.push({ code: "time-zone", details: {} });
  if (privateChats > 0) warnings.push({ code: "private-chats", details: { count: privateChats } });
  if (missing.length > 0) warnings.push({ code: "missing-fields", details: { fields: missing.join(", ") } });
  if (look.messages === 0 && look.numbers.length === 0) warnings.push({ code: "no-messages", details: {} });
  return warnings;
}

function numbersOf({ numbers }: Look): Preview["numbers"] {
  const days = numbers.map(({ day }) => day).sort((a, b) => a - b);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    count: numbers.length,
    metrics: dailyMetrics.filter((metric) => numbers.some((number) => number.metric === metric)),
    spaces: [...new Set(numbers.map(({ space }) => space))].slice(0, LISTED_SPACES),
    firstDay: dayToDate(first),
    lastDay: dayToDate(last),
  };
}

function rowOf(look: Look, message: IncomingMessage): Preview["sample"][number] {
  return {
    sentAt: new Date(message.sentAt).toISOString(),
    space: look.spaces.get(message.spaceExternalId)?.name ?? message.spaceExternalId,
    author: message.author.name ?? null,
    kind: message.kind,
    text: message.text.slice(0, SAMPLE_CHARS).toWellFormed(),
    reply: message.replyToExternalId !== undefined,
  };
}

const asText = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** Looks at a file for a few seconds and tells what an import of it would do. */
export async function previewFile(path: string, name: string, wanted: PreviewChoices): Promise<Preview> {
  const file = await recogniseFile(path, name, wanted.format);
  const { recognised, format, source } = file;
  const map = recognised.fields === undefined ? undefined : { ...recognised.guess, ...wanted.fields };
  const order = recognised.dates === undefined ? undefined : (wanted.dateOrder ?? recognised.dates.order);
  const choices = {
    timeZone: wanted.timeZone,
    now: wanted.now,
    ...(order === undefined ? {} : { dateOrder: order }),
    ...(map === undefined ? {} : { fields: map }),
  };
  const look = await lookInto(file, choices);
  const deadline = AbortSignal.timeout(SPACES_MS);
  const found = await format.findSpaces?.(source, deadline);
  const spaces = spacesOf(look, found).toSorted((a, b) => (b.messages ?? 0) - (a.messages ?? 0));
  const missing = map === undefined ? [] : missingFields(map);
  const estimate = look.share > 0 ? Math.round(look.messages / Math.min(1, look.share)) : null;
  return {
    format: formatSchema.parse(format.name),
    fileName: name,
    fileBytes: source.bytes,
    complete: look.complete,
    messages: look.complete ? look.messages : estimate,
    spaces: spaces.slice(0, LISTED_SPACES),
    spaceCount: spaces.length,
    authors: look.complete ? look.authors.size : null,
    firstAt: asText(look.firstAt),
    lastAt: look.complete ? asText(look.lastAt) : null,
    timeZone: { needed: recognised.needsTimeZone, value: wanted.timeZone },
    dates: order === undefined ? null : { order, isGuess: recognised.dates?.isGuess === true },
    columns: recognised.fields?.map((field) => ({ name: field, example: exampleOf(file, field) })) ?? null,
    map: map ?? null,
    missing: [...missing],
    numbers: numbersOf(look),
    sample: look.sample.map((message) => rowOf(look, message)),
    skippedInSample: look.skipped.map(({ reason, offset }) => ({ reason, position: offset })),
    warnings: warningsOf({ file, look, spaces, missing }),
  };
}
