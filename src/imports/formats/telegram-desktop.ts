import { z } from "zod";
import { JsonElements, type JsonPlace } from "../stream/json-elements.ts";
import { parseElement } from "../stream/parse-json.ts";
import type { ElementPiece, Piece } from "../stream/piece.ts";
import { fed } from "../stream/reading.ts";
import type { Part, Source } from "../stream/source.ts";
import type { Choices, FoundSpace, HistoryFormat, Opening, Recognised, ResumePoint } from "./format.ts";
import { Harvest } from "./harvest.ts";
import { takeElement, telegramChat, type TelegramChat } from "./telegram-chat.ts";
import { jsonPlace } from "./places.ts";
import { isPrivateType } from "./telegram-ids.ts";

/** One chat's export, and the two lists of a whole account's. */
const MESSAGES = [["messages"], ["chats", "list", "*", "messages"], ["left_chats", "list", "*", "messages"]];

/** `again`: a forum is read again from its first message, quietly, to know which message stands in which topic. */
const telegramPlace = z.object({ next: jsonPlace, again: jsonPlace.exactOptional() });

function recognise({ text }: Opening): Recognised | undefined {
  const start = text.replace(/^\uFEFF/, "").trimStart();
  if (!start.startsWith("{")) return undefined;
  const oneChat =
    /"type"\s*:\s*"(?:\w+_)?(?:chat|group|supergroup|channel|saved_messages|replies)"/.test(start) &&
    /"messages"\s*:\s*\[/.test(start);
  const wholeAccount = /"(?:left_)?chats"\s*:\s*\{/.test(start) && /"list"\s*:\s*\[/.test(start);
  const account = /"about"\s*:/.test(start) && /"personal_information"\s*:|"contacts"\s*:/.test(start);
  if (!oneChat && !wholeAccount && !account) return undefined;
  return { needsTimeZone: /"date"\s*:/.test(start) && !/"date_unixtime"\s*:/.test(start) };
}

function isChosen(chat: TelegramChat, wholeAccount: boolean, { spaces }: Choices): boolean {
  if (spaces !== undefined) return spaces.includes(chat.space.externalId);
  return !wholeAccount || !isPrivateType(chat.type);
}

/** Follows the walk through the file: which chat it is in, and whether that chat is wanted. */
class Reader {
  readonly elements: JsonElements;
  readonly #choices: Choices;
  readonly #part: string;
  /** What stands before this offset was stored before the break. */
  readonly #quietUntil: number;
  #list = -1;
  #chat: TelegramChat | undefined;
  #chatStart: JsonPlace | undefined;

  constructor(part: string, choices: Choices, resume: ResumePoint | undefined) {
    const place = resume === undefined ? undefined : telegramPlace.parse(resume.place);
    this.#part = part;
    this.#choices = choices;
    this.#quietUntil = place?.next.offset ?? 0;
    this.elements = new JsonElements(MESSAGES, place?.again ?? place?.next);
  }

  resume(): ResumePoint {
    const again = this.#chat?.topics.none === false && this.#chatStart !== undefined ? { again: this.#chatStart } : {};
    return { part: this.#part, place: { next: this.elements.place(), ...again } };
  }

  /** Takes what lies whole in the window. */
  take(): Harvest {
    const { elements } = this;
    const harvest = new Harvest(this.resume());
    const quiet = new Harvest(harvest.resume);
    for (let piece = elements.next(); piece !== undefined; piece = elements.next()) {
      if (elements.list !== this.#list) this.#enterChat(piece);
      if (this.#chat !== undefined) this.#takePiece(piece, piece.offset < this.#quietUntil ? quiet : harvest);
    }
    harvest.resume = this.resume();
    harvest.cutOff ||= elements.window.ended && !elements.complete;
    return harvest;
  }

  #enterChat(first: Piece): void {
    const { elements } = this;
    this.#list = elements.list;
    const around = elements.around();
    const chat = telegramChat(around.at(-1) ?? {});
    this.#chat = isChosen(chat, around.length > 1, this.#choices) ? chat : undefined;
    const { frames } = elements.place();
    const list = frames.at(-1);
    const before = list === undefined ? frames : [...frames.slice(0, -1), { ...list, count: first.number - 1 }];
    this.#chatStart = { offset: first.offset, frames: before };
  }

  #takePiece(piece: Piece, harvest: Harvest): void {
    const { elements } = this;
    if (piece.kind === "rejected") return harvest.reject(piece);
    const parsed = parseElement(elements.window.bytes, piece);
    if (parsed === undefined) return harvest.reject(elements.giveUp(piece));
    this.#takeValue(parsed.value, piece, harvest);
    if (parsed.repaired) harvest.repaired++;
  }

  #takeValue(value: unknown, piece: ElementPiece, harvest: Harvest): void {
    if (this.#chat === undefined) return;
    const trouble = takeElement(this.#chat, value, { harvest, choices: this.#choices });
    if (trouble !== undefined) harvest.skip(trouble, piece, this.elements.window);
  }
}

/** Of the files in an archive the largest, which comes first, is the export. */
function onlyPart(source: Source): Part {
  const [part] = source.parts;
  if (part === undefined) throw new Error("a source has at least one part");
  return part;
}

async function* read(source: Source, choices: Choices, resume?: ResumePoint): AsyncGenerator<Harvest> {
  const part = onlyPart(source);
  const reader = new Reader(part.name, choices, resume);
  const { chunks } = await source.read(part, reader.elements.place().offset);
  for await (const _ of fed(reader.elements, chunks)) yield reader.take();
}

/** Told by the first fields alone, because nothing is parsed here. Exporters write the type right after the id. */
const TYPE_WITHIN_BYTES = 80;

function isMessage({ window }: JsonElements, piece: Piece): boolean {
  if (piece.kind === "rejected") return false;
  const beginning = window.bytes.toString("latin1", piece.from, Math.min(piece.to, piece.from + TYPE_WITHIN_BYTES));
  return !beginning.includes('"service"') && !beginning.includes('"unsupported"');
}

/** The chats in a file with how many messages each holds. Nothing is parsed, so it takes a second for half a gigabyte. */
async function findSpaces(source: Source, signal: AbortSignal): Promise<FoundSpace[]> {
  const elements = new JsonElements(MESSAGES);
  const found = new Map<string, FoundSpace>();
  let list = -1;
  let chat = telegramChat({});
  let messages = 0;
  const note = (): void => {
    const { externalId, name } = chat.space;
    if (list >= 0)
      found.set(externalId, { externalId, name, type: chat.type, messages, isPrivate: isPrivateType(chat.type) });
  };
  const { chunks } = await source.read(onlyPart(source));
  for await (const _ of fed(elements, chunks)) {
    for (let piece = elements.next(); piece !== undefined; piece = elements.next()) {
      if (elements.list !== list) {
        note();
        list = elements.list;
        chat = telegramChat(elements.around().at(-1) ?? {});
        messages = 0;
      }
      if (isMessage(elements, piece)) messages++;
    }
    if (signal.aborted) break;
  }
  note();
  return [...found.values()];
}

/** What Telegram Desktop writes as `result.json`: one chat, or a whole account. */
export const telegramDesktop: HistoryFormat = {
  name: "telegram-desktop",
  platform: "telegram",
  recognise,
  read,
  findSpaces,
};
