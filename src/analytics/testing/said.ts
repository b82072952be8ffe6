import { arrivalsWithin, cutWindow, type Window } from "../metrics/window.ts";
import { emptySheet, presentOf, UNANSWERED, type Sheet } from "../metrics/sheet.ts";

/** A message as a test tells it. Times are UTC; members and rooms are names. */
export interface Said {
  readonly at: number;
  readonly by: string;
  readonly room?: string;
  readonly answeredAfter?: number;
  readonly isQuestion?: boolean;
}

/** `said("Anna", "2026-01-01T10:00:00Z")`. */
export function said(by: string, at: string, more: Omit<Said, "at" | "by"> = {}): Said {
  return { by, at: Date.parse(at), ...more };
}

const DAY = 86_400_000;

function numberer(): { names: string[]; of(name: string): number } {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  return {
    names,
    of: (name) => {
      const number = numbers.get(name) ?? names.push(name);
      numbers.set(name, number);
      return number;
    },
  };
}

function sheetOf(
  messages: readonly Said[],
  numbers: { member(name: string): number; room(name: string): number },
): Sheet {
  const day = Int32Array.from(messages, ({ at }) => Math.floor(at / DAY));
  const member = Uint32Array.from(messages, ({ by }) => numbers.member(by));
  const space = Uint16Array.from(messages, ({ room }) => numbers.room(room ?? "chat"));
  const writing = {
    day,
    member,
    space,
    hour: Uint8Array.from(messages, ({ at }) => Math.floor((at % DAY) / 3_600_000)),
    messages: new Uint32Array(messages.length).fill(1),
  };
  const noted = messages.filter(({ answeredAfter, isQuestion }) => answeredAfter !== undefined || isQuestion === true);
  const answering = {
    day: Int32Array.from(noted, ({ at }) => Math.floor(at / DAY)),
    member: Uint32Array.from(noted, ({ by }) => numbers.member(by)),
    space: Uint16Array.from(noted, ({ room }) => numbers.room(room ?? "chat")),
    isQuestion: Uint8Array.from(noted, ({ isQuestion }) => (isQuestion ? 1 : 0)),
    delay: Int32Array.from(noted, ({ answeredAfter }) => answeredAfter ?? UNANSWERED),
  };
  const present = presentOf(writing);
  const arriving = arrivalsWithin(present);
  const firsts = new Map<number, Said>();
  messages.forEach((message) => {
    const number = numbers.member(message.by);
    if (!firsts.has(number)) firsts.set(number, message);
  });
  const delay = Int32Array.from(arriving.member, (number) => firsts.get(number)?.answeredAfter ?? UNANSWERED);
  return { ...emptySheet(), present, writing, answering, arriving: { ...arriving, delay } };
}

/** A window over the whole of what was said, in UTC days, with the names behind the member numbers (`names[number - 1]`). */
export function gather(said: readonly Said[]): { window: Window; names: string[] } {
  const messages = said.toSorted((a, b) => a.at - b.at);
  const members = numberer();
  const rooms = numberer();
  const sheet = sheetOf(messages, { member: (name) => members.of(name), room: (name) => rooms.of(name) });
  const from = sheet.writing.day.at(0) ?? 0;
  const to = sheet.writing.day.at(-1) ?? 0;
  const knows = { replies: true, reactions: true, moves: true };
  return {
    window: cutWindow({ sheet, historyFrom: from, historyTo: to, outsiders: new Set(), knows }, { from, to }),
    names: members.names,
  };
}
