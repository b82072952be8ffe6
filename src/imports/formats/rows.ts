import { hash } from "node:crypto";
import { CLOCK_LEEWAY, EARLIEST_MESSAGE, type IncomingAuthor, type IncomingSpace } from "#src/platforms/model.ts";
import { languageOf } from "#src/platforms/traits/language.ts";
import { linksOf } from "#src/platforms/traits/links.ts";
import { isQuestion } from "#src/platforms/traits/question.ts";
import { type Choices, type FieldMap, ID_CHARS, NAME_CHARS, type OwnField } from "./format.ts";
import type { Harvest, SkipReason } from "./harvest.ts";
import { guessFields } from "./row-fields.ts";
import { instantOf } from "./written-time.ts";

/** One row of a file without a format of its own. */
export type Row = Readonly<Record<string, unknown>>;

/** The space of a file whose rows name none. */
const ONLY_SPACE = "main";
/** How many rows without an id are remembered to tell repeated ones apart. */
const REMEMBERED_ROWS = 200_000;
/** Turns rows into messages by a map of fields. It remembers the rows without an id, to number those that are alike. */
export class RowTaker {
  readonly #map: FieldMap;
  readonly #choices: Choices;
  readonly #spaceName: string;
  readonly #mapped: ReadonlySet<string>;
  #alike = new Map<string, number>();

  /** `fields` are the file's own; `fileName` names the space when the rows do not. */
  constructor(fields: readonly string[], choices: Choices, fileName: string) {
    this.#map = choices.fields === undefined ? guessFields(fields) : { ...guessOwn(fields), ...choices.fields };
    this.#choices = choices;
    this.#spaceName = fileName.replace(/(\.(gz|zip|jsonl|ndjson|json|csv|tsv|txt))+$/i, "");
    this.#mapped = new Set(Object.values(this.#map).map((field) => field.split(".")[0] ?? field));
  }

  /** Takes one row into the harvest; says why if it cannot. */
  take(row: Row, harvest: Harvest): SkipReason | undefined {
    const at = instantOf(this.#value(row, "sentAt"), this.#choices.timeZone);
    if (at === undefined) return "no-date";
    if (at < EARLIEST_MESSAGE || at > this.#choices.now + CLOCK_LEEWAY) return "impossible-date";
    const author = this.#author(row);
    if (author === undefined) return "no-author";
    const space = this.#space(row);
    if (this.#choices.spaces?.includes(space.externalId) === false) return undefined;
    for (const field in row) if (!this.#mapped.has(field)) harvest.unknownField(field);
    const text = this.#text(row, "text") ?? "";
    const language = languageOf(text);
    const replyTo = this.#text(row, "replyTo");
    harvest.spaces.set(space.externalId, space);
    harvest.messages.push({
      spaceExternalId: space.externalId,
      externalId:
        this.#text(row, "id")?.slice(0, ID_CHARS) ?? this.#ownId([space.externalId, author.externalId, at, text]),
      sentAt: at,
      author,
      kind: "text",
      text,
      ...(language === undefined ? {} : { language }),
      isQuestion: isQuestion(text),
      links: linksOf(text),
      ...(replyTo === undefined ? {} : { replyToExternalId: replyTo.slice(0, ID_CHARS) }),
      reactions: [],
    });
    return undefined;
  }

  #value(row: Row, own: OwnField): unknown {
    const field = this.#map[own];
    if (field === undefined) return undefined;
    if (Object.hasOwn(row, field) || !field.includes(".")) return row[field];
    return field.split(".").reduce<unknown>((value, key) => (isRow(value) ? value[key] : undefined), row);
  }

  #text(row: Row, own: OwnField): string | undefined {
    const value = this.#value(row, own);
    if (typeof value === "string") return value === "" ? undefined : value;
    return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
  }

  #author(row: Row): IncomingAuthor | undefined {
    const id = this.#text(row, "authorId");
    const name = this.#text(row, "authorName")?.slice(0, NAME_CHARS);
    if (id === undefined)
      return name === undefined ? undefined : { externalId: `name:${name}`.slice(0, ID_CHARS), name, kind: "person" };
    return { externalId: id.slice(0, ID_CHARS), ...(name === undefined ? {} : { name }), kind: "person" };
  }

  #space(row: Row): IncomingSpace {
    const name = this.#text(row, "space")?.slice(0, NAME_CHARS);
    return name === undefined
      ? { externalId: ONLY_SPACE, name: this.#spaceName, kind: "chat" }
      : { externalId: name.slice(0, ID_CHARS), name, kind: "chat" };
  }

  /** A row without an id gets one of its content; the second of two that are alike gets another. */
  #ownId(content: readonly (string | number)[]): string {
    const digest = hash("sha1", content.join("\n"), "hex").slice(0, 24);
    const alike = this.#alike.get(digest) ?? 0;
    if (alike === 0 && this.#alike.size >= REMEMBERED_ROWS) this.#alike = new Map();
    this.#alike.set(digest, alike + 1);
    return alike === 0 ? digest : `${digest}-${alike}`;
  }
}

/** Our own names are understood even when somebody names only some fields. */
function guessOwn(fields: readonly string[]): FieldMap {
  const own: Partial<Record<OwnField, string>> = {};
  for (const name of ["id", "space", "sentAt", "authorId", "authorName", "text", "replyTo"] as const) {
    if (fields.includes(name)) own[name] = name;
  }
  return own;
}

/** A row is an object; anything else in a file of rows is none. */
export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
