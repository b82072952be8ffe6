import { z } from "zod";
import type { IncomingSpace } from "#src/platforms/model.ts";
import { ELEMENT_BYTES } from "../stream/limits.ts";
import { type LinePlace, Lines } from "../stream/lines.ts";
import { inReadingOrder } from "../stream/part-order.ts";
import type { Piece } from "../stream/piece.ts";
import { fed } from "../stream/reading.ts";
import { openingOfPart, type Part, type Source } from "../stream/source.ts";
import {
  type Choices,
  type HistoryFormat,
  ID_CHARS,
  NAME_CHARS,
  type Opening,
  type Recognised,
  type ResumePoint,
} from "./format.ts";
import { Harvest } from "./harvest.ts";
import { type Alike, WhatsAppTaker, type Written } from "./whatsapp-chat.ts";
import { dateOrderOf, hasForm, type LineForm, type LineStart, lineStart } from "./whatsapp-line.ts";
import { plainName } from "./whatsapp-notices.ts";

const place = z.object({
  offset: z.number(),
  line: z.number(),
  alike: z.object({ at: z.number(), seen: z.record(z.string(), z.number()) }),
});

/** A chat begins within its first lines; a note somebody wrote above it may be longer than a line. */
const FIRST_LINES = 10;

/** The beginnings of messages in an opening, of the form that comes first; none when it is no chat. */
function startsIn(text: string): LineStart[] {
  const lines = text.split(/\r?\n/);
  const first = lines
    .slice(0, FIRST_LINES)
    .map(lineStart)
    .find((start) => start !== undefined);
  if (first === undefined) return [];
  return lines.map(lineStart).filter((start) => start !== undefined && hasForm(start, first.form)) as LineStart[];
}

function recognise({ name, text }: Opening): Recognised | undefined {
  if (!/\.txt$/i.test(name)) return undefined;
  const starts = startsIn(text);
  return starts.length === 0 ? undefined : { needsTimeZone: true, dates: dateOrderOf(starts) };
}

const FILE_NAME =
  /(?:WhatsApp Chat (?:with|-)|Чат WhatsApp (?:с контактом|с группой|с|-)|Chat WhatsApp (?:mit|con|com))\s*(.+)$/i;

/** The name of a chat: of the file, of the archive, or, on iPhones, in the notice that opens it. */
function chatName(source: Source, part: Part, starts: readonly LineStart[]): string {
  const names = [part.name, source.name].map((name) =>
    name
      .replace(/^.*\//, "")
      .replace(/(?:\.(?:txt|zip|gz))+$/i, "")
      .replace(/ \(\d+\)$/, "")
      .trim(),
  );
  const told = names.map((name) => FILE_NAME.exec(name)?.[1]).find((name) => name !== undefined);
  const notice = starts.slice(0, 3).find(({ rest }) => /^[^:]+: ?\u200e.*(?:encrypt|шифрован)/i.test(rest));
  const named = told ?? notice?.rest.split(":")[0] ?? names.find((name) => name !== "_chat") ?? "WhatsApp";
  return plainName(named) || "WhatsApp";
}

interface Chat {
  readonly form: LineForm;
  readonly space: IncomingSpace;
  readonly starts: readonly LineStart[];
}

async function chatIn(source: Source, part: Part): Promise<Chat | undefined> {
  const starts = startsIn((await openingOfPart(source, part)).toString());
  const [first] = starts;
  if (first === undefined) return undefined;
  const name = chatName(source, part, starts);
  const externalId = `name:${name}`.slice(0, ID_CHARS);
  return { form: first.form, starts, space: { externalId, name: name.slice(0, NAME_CHARS), kind: "chat" } };
}

interface Pending extends Written {
  readonly lines: string[];
  bytes: number;
  isTooLong: boolean;
  /** The number of its last line so far. */
  last: number;
}

/** Puts the lines of messages together: a message goes on until the next one begins. */
class ChatReader {
  readonly lines: Lines;
  readonly #taker: WhatsAppTaker;
  readonly #form: LineForm;
  #pending: Pending | undefined;

  constructor(chat: Chat, choices: Choices, resume: ResumePoint | undefined) {
    const known = resume === undefined ? undefined : place.parse(resume.place);
    const order = choices.dateOrder ?? dateOrderOf(chat.starts).order;
    this.lines = new Lines(known && { offset: known.offset, line: known.line }, "text");
    this.#taker = new WhatsAppTaker({ space: chat.space, order, choices }, known?.alike);
    this.#form = chat.form;
  }

  /** Takes the messages that are known to be whole; the last one may go on. */
  take(part: string): Harvest {
    const harvest = new Harvest({ part, place: this.#place() });
    for (let piece = this.lines.next(); piece !== undefined; piece = this.lines.next()) this.#line(piece, harvest);
    if (this.lines.window.ended) this.#finish(harvest);
    harvest.resume = { part, place: this.#place() };
    return harvest;
  }

  /** Before the message that may go on, so that it is read whole the next time. */
  #place(): LinePlace & { alike: Alike } {
    const pending = this.#pending;
    const at = pending === undefined ? this.lines.place() : { offset: pending.offset, line: pending.number - 1 };
    return { offset: at.offset, line: at.line, alike: this.#taker.alike };
  }

  #finish(harvest: Harvest): void {
    if (this.#pending !== undefined) this.#taker.take(this.#pending, harvest);
    this.#pending = undefined;
  }

  #line(piece: Piece, harvest: Harvest): void {
    if (piece.kind === "rejected") {
      this.#finish(harvest);
      return harvest.reject(piece);
    }
    const { window } = this.lines;
    const text = window.bytes.toString("utf8", piece.from, piece.to).replace(/\r$/, "");
    const start = lineStart(text);
    const bytes = piece.to - piece.from;
    if (start !== undefined && hasForm(start, this.#form)) {
      this.#finish(harvest);
      const { offset, number } = piece;
      this.#pending = { start, lines: [], offset, number, bytes, isTooLong: false, last: number };
      return;
    }
    const pending = this.#pending;
    if (pending === undefined) return harvest.skip("not-a-message", piece, window);
    pending.bytes += bytes;
    pending.isTooLong ||= pending.bytes > ELEMENT_BYTES;
    if (pending.isTooLong) return;
    const blank = Math.min(piece.number - pending.last - 1, 100);
    for (let i = 0; i < blank; i++) pending.lines.push("");
    pending.lines.push(text);
    pending.last = piece.number;
  }
}

async function* read(source: Source, choices: Choices, resume?: ResumePoint): AsyncGenerator<Harvest> {
  const parts = inReadingOrder(source.parts.filter(({ name }) => /\.txt$/i.test(name)));
  const known = parts.findIndex((part) => part.name === resume?.part);
  for (const [i, part] of parts.entries()) {
    const chat = i < known ? undefined : await chatIn(source, part);
    if (chat === undefined || choices.spaces?.includes(chat.space.externalId) === false) continue;
    const reader = new ChatReader(chat, choices, i === known ? resume : undefined);
    const { chunks } = await source.read(part, reader.lines.place().offset);
    for await (const _ of fed(reader.lines, chunks)) yield reader.take(part.name);
  }
}

/** What WhatsApp writes by "Export chat", on Android and iPhone, in English or Russian; other languages without their notices. */
export const whatsapp: HistoryFormat = { name: "whatsapp", platform: "whatsapp", recognise, read };
