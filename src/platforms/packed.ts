import type { IncomingAuthor, IncomingLink, IncomingMessage, IncomingReaction, IncomingReactor } from "./model.ts";
import { messageKinds } from "./model.ts";
import { BinaryRows } from "./store/binary-rows.ts";
import { cellReader } from "./store/cell-reader.ts";

/**
 * Messages as columns, for handing them from one thread to another: what the database alone needs stands as it takes it in
 * `cells`, everything else in lists of plain values. Copying as many objects would cost what parsing them did.
 */
export interface PackedMessages {
  /** External ids of messages, and of those they answer. */
  readonly ids: readonly string[];
  readonly answered: readonly (string | undefined)[];
  readonly sentAt: Float64Array;
  readonly kinds: Uint8Array;
  readonly spaces: readonly string[];
  readonly spaceOf: Uint32Array;
  readonly authors: readonly IncomingAuthor[];
  readonly authorOf: Uint32Array;
  readonly marks: PackedMarks;
  readonly links: PackedLinks;
  /** The cells of `writeTold` of all messages, and where those of each end. */
  readonly cells: Uint8Array;
  readonly ends: Uint32Array;
}

interface PackedMarks {
  readonly of: readonly number[];
  readonly emoji: readonly string[];
  readonly counts: readonly number[];
  /** How many are named as givers; -1 where nobody is. */
  readonly named: readonly number[];
  readonly givers: readonly number[];
  /** NaN where nobody knows. */
  readonly at: readonly number[];
}

interface PackedLinks {
  readonly of: readonly number[];
  readonly domains: readonly string[];
  readonly urls: readonly string[];
}

/** How many cells `writeTold` writes. */
export const TOLD_CELLS = 9;
/** The columns of those cells. */
export const TOLD_COLUMNS =
  "external_id, sent_at, edited_at, kind, text, language, is_question, forwarded_from, details";

/** What a message tells itself, as COPY reads it. */
export function writeTold(rows: BinaryRows, message: IncomingMessage): void {
  if (message instanceof PackedMessage) return rows.copied(message.cells);
  rows.text(message.externalId);
  rows.instant(message.sentAt);
  rows.instant(message.editedAt);
  rows.text(message.kind);
  rows.text(message.text);
  rows.text(message.language);
  rows.isTrue(message.isQuestion);
  rows.text(message.forwardedFrom);
  rows.json(message.details);
}

/** Numbers for things by which they are found again. */
class Numbered<T> {
  readonly all: T[] = [];
  readonly #numbers = new Map<T, number>();

  of(thing: T): number {
    const known = this.#numbers.get(thing);
    if (known !== undefined) return known;
    this.#numbers.set(thing, this.all.length);
    return this.all.push(thing) - 1;
  }
}

/** Packs messages one after another; of a message that was added nothing but its ids is kept as an object. */
export class Packer {
  readonly #ids: string[] = [];
  readonly #answered: (string | undefined)[] = [];
  readonly #sentAt: number[] = [];
  readonly #kinds: number[] = [];
  readonly #spaces = new Numbered<string>();
  readonly #spaceOf: number[] = [];
  readonly #authors = new Numbered<IncomingAuthor>();
  readonly #authorOf: number[] = [];
  readonly #marks = { of: [] as number[], emoji: [] as string[], counts: [] as number[], named: [] as number[] };
  readonly #givers: number[] = [];
  readonly #givenAt: number[] = [];
  readonly #links = { of: [] as number[], domains: [] as string[], urls: [] as string[] };
  readonly #rows: BinaryRows;
  readonly #ends: number[] = [];

  /** `room` in bytes: about as many as the cells will take. */
  constructor(room?: number) {
    this.#rows = new BinaryRows(room);
  }

  get count(): number {
    return this.#ids.length;
  }

  /** How many people are named as givers of marks. */
  get named(): number {
    return this.#givers.length;
  }

  add(message: IncomingMessage): void {
    const place = this.#ids.push(message.externalId) - 1;
    this.#answered.push(message.replyToExternalId);
    this.#sentAt.push(message.sentAt);
    this.#kinds.push(messageKinds.indexOf(message.kind));
    this.#spaceOf.push(this.#spaces.of(message.spaceExternalId));
    this.#authorOf.push(this.#authors.of(message.author));
    for (const reaction of message.reactions) this.#addMark(place, reaction);
    for (const { domain, url } of message.links) {
      this.#links.of.push(place);
      this.#links.domains.push(domain);
      this.#links.urls.push(url);
    }
    writeTold(this.#rows, message);
    this.#ends.push(this.#rows.used);
  }

  #addMark(place: number, { emoji, count, by }: IncomingReaction): void {
    this.#marks.of.push(place);
    this.#marks.emoji.push(emoji);
    this.#marks.counts.push(count);
    this.#marks.named.push(by?.length ?? -1);
    for (const giver of by ?? []) {
      this.#givers.push(this.#authors.of(giver.member));
      this.#givenAt.push(giver.at ?? NaN);
    }
  }

  /** What was added until now, once. Nobody else has the memory in which `cells` stand. */
  packed(): PackedMessages {
    return {
      ids: this.#ids,
      answered: this.#answered,
      sentAt: Float64Array.from(this.#sentAt),
      kinds: Uint8Array.from(this.#kinds),
      spaces: this.#spaces.all,
      spaceOf: Uint32Array.from(this.#spaceOf),
      authors: this.#authors.all,
      authorOf: Uint32Array.from(this.#authorOf),
      marks: { ...this.#marks, givers: this.#givers, at: this.#givenAt },
      links: this.#links,
      cells: this.#rows.taken(0),
      ends: Uint32Array.from(this.#ends),
    };
  }
}

const NO_REACTIONS: readonly IncomingReaction[] = [];
const NO_LINKS: readonly IncomingLink[] = [];

interface Belongings {
  readonly links: readonly IncomingLink[] | undefined;
  readonly reactions: readonly IncomingReaction[] | undefined;
}

/**
 * A message that is read from its columns and cells when somebody asks. Whoever wants to change something of it begins with
 * `plain`: `{ ...message }` would leave nearly all of it out.
 */
export class PackedMessage implements IncomingMessage {
  readonly links: readonly IncomingLink[];
  readonly reactions: readonly IncomingReaction[];
  readonly replyToExternalId?: string;
  readonly #packed: PackedMessages;
  readonly #place: number;

  constructor(packed: PackedMessages, place: number, { links, reactions }: Belongings) {
    const answered = packed.answered[place];
    this.#packed = packed;
    this.#place = place;
    this.links = links ?? NO_LINKS;
    this.reactions = reactions ?? NO_REACTIONS;
    if (answered !== undefined) this.replyToExternalId = answered;
  }

  get spaceExternalId(): string {
    return this.#packed.spaces[this.#packed.spaceOf[this.#place] ?? 0] ?? "";
  }

  get externalId(): string {
    return this.#packed.ids[this.#place] ?? "";
  }

  get sentAt(): number {
    return this.#packed.sentAt[this.#place] ?? NaN;
  }

  get author(): IncomingAuthor {
    const author = this.#packed.authors[this.#packed.authorOf[this.#place] ?? 0];
    if (author === undefined) throw new Error("a packed message without its author");
    return author;
  }

  get kind(): IncomingMessage["kind"] {
    return messageKinds[this.#packed.kinds[this.#place] ?? 0] ?? "other";
  }

  /** As `writeTold` writes them. */
  get cells(): Uint8Array {
    const { cells, ends } = this.#packed;
    return cells.subarray(this.#place === 0 ? 0 : ends[this.#place - 1], ends[this.#place]);
  }

  get text(): string {
    return this.plain().text;
  }

  get isQuestion(): boolean {
    return this.plain().isQuestion;
  }

  /** Everything of it, as it was before it was packed but for characters that no database keeps. */
  plain(): IncomingMessage {
    const { replyToExternalId: answered, spaceExternalId, externalId, sentAt, author, kind, links, reactions } = this;
    const cells = cellReader(this.cells);
    cells.skip(2);
    const editedAt = cells.instant();
    cells.skip(1);
    const [text, language, isQuestion] = [cells.text(), cells.text(), cells.isTrue()];
    const [forwardedFrom, details] = [cells.text(), cells.json()];
    return {
      spaceExternalId,
      externalId,
      sentAt,
      author,
      kind,
      links,
      reactions,
      text: text ?? "",
      isQuestion,
      ...(answered === undefined ? {} : { replyToExternalId: answered }),
      ...(editedAt === undefined ? {} : { editedAt }),
      ...(language === undefined ? {} : { language }),
      ...(forwardedFrom === undefined ? {} : { forwardedFrom }),
      // It was written by `writeTold`.
      ...(details === undefined ? {} : { details: details as Record<string, unknown> }),
    };
  }

  toJSON(): IncomingMessage {
    return this.plain();
  }
}

/** The message with all its fields in it. */
export function plain(message: IncomingMessage): IncomingMessage {
  return message instanceof PackedMessage ? message.plain() : message;
}

function* giversOf({ authors, marks: { givers, at } }: PackedMessages): Generator<IncomingReactor> {
  for (const [i, giver] of givers.entries()) {
    const member = authors[giver];
    const when = at[i] ?? NaN;
    if (member === undefined) throw new Error("a packed mark without its giver");
    yield Number.isNaN(when) ? { member } : { member, at: when };
  }
}

function unpackMarks(packed: PackedMessages): Map<number, IncomingReaction[]> {
  const { marks } = packed;
  const givers = [...giversOf(packed)];
  const found = new Map<number, IncomingReaction[]>();
  let from = 0;
  for (const [i, place] of marks.of.entries()) {
    const named = marks.named[i] ?? -1;
    const mark = { emoji: marks.emoji[i] ?? "", count: marks.counts[i] ?? 0 };
    const by = named < 0 ? {} : { by: givers.slice(from, from + named) };
    from += Math.max(0, named);
    const list = found.get(place);
    if (list === undefined) found.set(place, [{ ...mark, ...by }]);
    else list.push({ ...mark, ...by });
  }
  return found;
}

function unpackLinks({ links }: PackedMessages): Map<number, IncomingLink[]> {
  const found = new Map<number, IncomingLink[]>();
  for (const [i, place] of links.of.entries()) {
    const link = { domain: links.domains[i] ?? "", url: links.urls[i] ?? "" };
    const list = found.get(place);
    if (list === undefined) found.set(place, [link]);
    else list.push(link);
  }
  return found;
}

/** The messages that were packed, in their order. */
export function unpacked(packed: PackedMessages): PackedMessage[] {
  const [marks, links] = [unpackMarks(packed), unpackLinks(packed)];
  return packed.ids.map(
    (_, place) => new PackedMessage(packed, place, { links: links.get(place), reactions: marks.get(place) }),
  );
}
