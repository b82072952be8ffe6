import { hash } from "node:crypto";
import type { IncomingAuthor, IncomingMove, IncomingSpace } from "#src/platforms/model.ts";
import { KEPT_RAW_BYTES } from "../stream/limits.ts";
import { storable } from "../stream/parse-json.ts";
import type { DateOrder } from "../model.ts";
import { type Choices, ID_CHARS, NAME_CHARS } from "./format.ts";
import type { Harvest, SkipReason } from "./harvest.ts";
import { isPossible, said } from "./said.ts";
import { instantOf, type LineStart } from "./whatsapp-line.ts";
import { contentOf, isDeleted, isNotice, moveIn, plainName } from "./whatsapp-notices.ts";

/** What one message of a chat is taken with. */
export interface WhatsAppPlace {
  readonly space: IncomingSpace;
  readonly order: DateOrder;
  readonly choices: Choices;
}

/** A message with all its lines, and where it stands in the file. */
export interface Written {
  readonly start: LineStart;
  readonly lines: readonly string[];
  readonly offset: number;
  readonly number: number;
  readonly bytes: number;
  /** It went on for longer than any message can. */
  readonly isTooLong: boolean;
}

/** Messages of one moment that were alike so far: plain JSON, because a resume point carries it. */
export interface Alike {
  readonly at: number;
  readonly seen: Readonly<Record<string, number>>;
}

interface Spoken {
  readonly author: string | undefined;
  readonly text: string;
}

/** iPhones put somebody's name before the app's own sentences too, and a direction mark after it. */
function spokenIn({ form, rest }: LineStart, more: readonly string[]): Spoken {
  const whole = [rest, ...more].join("\n");
  if (!form.isBracketed && isNotice(rest)) return { author: undefined, text: whole };
  const colon = rest.indexOf(":");
  if (colon < 0) return { author: undefined, text: whole };
  const text = [rest.slice(colon + 1).replace(/^ /, ""), ...more].join("\n");
  const { kind } = contentOf(text);
  const isApp = form.isBracketed && text.startsWith("\u200e") && kind === "text";
  return { author: isApp ? undefined : plainName(rest.slice(0, colon)), text };
}

function personNamed(name: string): IncomingAuthor {
  const shown = name.slice(0, NAME_CHARS);
  return { externalId: `name:${name}`.slice(0, ID_CHARS), name: shown, kind: "person" };
}

/** Turns the messages of one chat into ours. It remembers those of the present moment, to number those that are alike. */
export class WhatsAppTaker {
  readonly #place: WhatsAppPlace;
  #alike: Alike;

  constructor(place: WhatsAppPlace, alike: Alike | undefined) {
    this.#place = place;
    this.#alike = alike ?? { at: 0, seen: {} };
  }

  /** What has to be remembered so that a reading can go on here. */
  get alike(): Alike {
    return this.#alike;
  }

  take(written: Written, harvest: Harvest): void {
    const trouble = this.#take(written, harvest);
    if (trouble === undefined) return;
    const { offset, number, bytes } = written;
    const raw = Buffer.from([written.start.rest, ...written.lines].join("\n")).subarray(0, KEPT_RAW_BYTES);
    harvest.skipped.push({ reason: trouble, offset, number, bytes, raw });
  }

  #take({ start, lines, isTooLong }: Written, harvest: Harvest): SkipReason | undefined {
    if (isTooLong) return "too-long";
    const { order, choices, space } = this.#place;
    const at = instantOf(start, order, choices.timeZone);
    if (at === undefined) return "no-date";
    if (!isPossible(at, choices.now)) return "impossible-date";
    harvest.spaces.set(space.externalId, space);
    const { author, text } = spokenIn(start, lines);
    if (author === undefined) {
      this.#takeNotice(text, at, harvest);
      return undefined;
    }
    if (author === "") return "no-author";
    if (isDeleted(text)) {
      harvest.passOver("deleted");
      return undefined;
    }
    this.#takeMessage(personNamed(author), { text, at }, harvest);
    return undefined;
  }

  #takeNotice(sentence: string, at: number, harvest: Harvest): void {
    const move = moveIn(sentence);
    if (move === undefined) {
      harvest.passOver(isDeleted(sentence) ? "deleted" : "notice");
      return;
    }
    const { name, kind, isOne } = move;
    const member: Pick<IncomingMove, "member"> = isOne ? { member: personNamed(name) } : {};
    const externalId = this.#idOf([kind, name], at);
    const { externalId: spaceExternalId } = this.#place.space;
    const shown = name.slice(0, NAME_CHARS);
    harvest.moves.push({ spaceExternalId, externalId, position: 0, ...member, name: shown, kind, happenedAt: at });
  }

  #takeMessage(author: IncomingAuthor, { text, at }: { text: string; at: number }, harvest: Harvest): void {
    const whole = storable(text);
    if (whole !== text) harvest.repaired++;
    const content = contentOf(whole);
    harvest.messages.push(
      said({
        spaceExternalId: this.#place.space.externalId,
        externalId: this.#idOf([author.externalId, whole], at),
        sentAt: at,
        author,
        kind: content.kind,
        text: content.text,
        reactions: [],
        ...(content.fileName === undefined ? {} : { details: { fileName: content.fileName } }),
      }),
    );
  }

  /** WhatsApp writes no ids. Of two messages that are alike in everything the second gets another one. */
  #idOf(content: readonly string[], at: number): string {
    const digest = hash("sha1", [at, ...content].join("\n"), "hex").slice(0, 24);
    const seen = this.#alike.at === at ? this.#alike.seen : {};
    const before = seen[digest] ?? 0;
    this.#alike = { at, seen: { ...seen, [digest]: before + 1 } };
    return before === 0 ? digest : `${digest}-${before}`;
  }
}
