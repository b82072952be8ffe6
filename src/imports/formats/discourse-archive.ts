import { z } from "zod";
import type { IncomingAuthor } from "#src/platforms/model.ts";
import { CsvRecords, csvFields } from "../stream/csv-records.ts";
import { storable } from "../stream/parse-json.ts";
import type { ElementPiece, Piece } from "../stream/piece.ts";
import { fed } from "../stream/reading.ts";
import type { Part, Source } from "../stream/source.ts";
import { wordsOf } from "./discourse-post.ts";
import { type Choices, ID_CHARS, NAME_CHARS, type ResumePoint } from "./format.ts";
import { Harvest, type SkipReason } from "./harvest.ts";
import { isRaw, textIn } from "./json-values.ts";
import { isPossible, said } from "./said.ts";
import { instantOf } from "./written-time.ts";

const csvPlace = z.object({ offset: z.number(), record: z.number() });
/** A person's settings take some 20 KB. */
const SETTINGS_BYTES = 1024 * 1024;
const NEEDED = ["topic_title", "is_pm", "url", "created_at"];
/** Where a post stands: the number of its topic, and its own in the topic. */
const ADDRESS = /\/t\/(?:[^/?#]*\/)?(\d{1,12})(?:\/(\d{1,9}))?(?:[?#]|$)/;
/** The answer to "is it private" comes in the language of the forum. */
const NO = new Set("no nein non não nao nie нет ні не nee hayır ne nej nei ei nem 否 いいえ 아니요 아니오".split(" "));

/** Whether a table's first line is that of the posts in a person's archive. */
export function isArchiveHeader(text: string): boolean {
  const columns = csvFields(text.replace(/^\uFEFF/, "").split(/\r?\n/)[0] ?? "", ",");
  return NEEDED.every((name) => columns.includes(name));
}

async function beginningOf(source: Source, part: Part): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const { chunks } = await source.read(part);
  for await (const chunk of chunks) {
    pieces.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > SETTINGS_BYTES) break;
  }
  return Buffer.concat(pieces).toString();
}

async function ownerInSettings(source: Source, part: Part): Promise<IncomingAuthor | undefined> {
  try {
    const value: unknown = JSON.parse(await beginningOf(source, part));
    const user = isRaw(value) && isRaw(value["user"]) ? value["user"] : value;
    if (!isRaw(user) || !Number.isSafeInteger(user["id"])) return undefined;
    const username = textIn(user["username"])?.slice(0, NAME_CHARS);
    const name = textIn(user["name"])?.slice(0, NAME_CHARS) ?? username;
    const named = { ...(name === undefined ? {} : { name }), ...(username === undefined ? {} : { username }) };
    return { externalId: String(user["id"]), kind: "person", ...named };
  } catch {
    return undefined;
  }
}

const ARCHIVE_NAME = /user_archive-(.{1,100}?)-\d{6}-\d{6}/;

/** Whose archive it is: its posts do not say. Told by the settings beside them, else by the name of the file. */
async function ownerOf(source: Source, part: Part): Promise<IncomingAuthor> {
  const folder = part.name.replace(/[^/]*$/, "");
  const settings = source.parts.find(({ name }) => name === `${folder}preferences.json`);
  const told = settings === undefined ? undefined : await ownerInSettings(source, settings);
  if (told !== undefined) return told;
  const [, named] = ARCHIVE_NAME.exec(part.name) ?? ARCHIVE_NAME.exec(source.name) ?? [];
  const name = named ?? part.name.replace(/^.*\//, "").replace(/\.csv$/i, "");
  return {
    externalId: `name:${name}`.slice(0, ID_CHARS),
    name: name.slice(0, NAME_CHARS),
    username: name,
    kind: "person",
  };
}

type Cells = ReadonlyMap<string, string>;

/** A topic without a category that is not said to be public belongs to the people in it. */
function isPrivate(cells: Cells): boolean {
  const said = (cells.get("is_pm") ?? "").trim().toLowerCase();
  if (NO.has(said)) return false;
  return (
    ["yes", "true", "да", "так", "ja", "oui", "sí", "sim", "tak"].includes(said) ||
    /^-?$/.test(cells.get("categories") ?? "-")
  );
}

interface Taking {
  readonly choices: Choices;
  readonly owner: IncomingAuthor;
  readonly harvest: Harvest;
}

function takeRow(cells: Cells, { choices, owner, harvest }: Taking): SkipReason | undefined {
  const [, topicId, number = "1"] = ADDRESS.exec(cells.get("url") ?? "") ?? [];
  if (topicId === undefined) return "no-id";
  const at = instantOf(cells.get("created_at"), "UTC");
  if (at === undefined) return "no-date";
  if (!isPossible(at, choices.now)) return "impossible-date";
  const wanted = choices.spaces === undefined ? !isPrivate(cells) : choices.spaces.includes(topicId);
  if (!wanted) {
    if (choices.spaces === undefined) harvest.passOver("private message");
    return undefined;
  }
  const likes = Number(cells.get("like_count"));
  const name = cells.get("topic_title")?.slice(0, NAME_CHARS) || topicId;
  harvest.spaces.set(topicId, { externalId: topicId, name, kind: "topic" });
  harvest.messages.push(
    said({
      spaceExternalId: topicId,
      externalId: number,
      sentAt: at,
      author: owner,
      kind: "text",
      reactions: Number.isSafeInteger(likes) && likes > 0 ? [{ emoji: "❤️", count: Math.min(likes, 2 ** 30) }] : [],
      ...wordsOf(cells.get("post_raw") ?? cells.get("post"), cells.get("post_cooked")),
    }),
  );
  return undefined;
}

class ArchiveReader {
  readonly records: CsvRecords;
  readonly #owner: IncomingAuthor;
  readonly #choices: Choices;
  #columns: readonly string[];

  constructor(
    columns: readonly string[],
    owner: IncomingAuthor,
    more: { choices: Choices; resume?: ResumePoint | undefined },
  ) {
    this.records = new CsvRecords(",", more.resume && csvPlace.parse(more.resume.place));
    this.#owner = owner;
    this.#choices = more.choices;
    this.#columns = columns;
  }

  take(part: string): Harvest {
    const harvest = new Harvest({ part, place: this.records.place() });
    for (let piece = this.records.next(); piece !== undefined; piece = this.records.next()) this.#piece(piece, harvest);
    harvest.resume = { part, place: this.records.place() };
    return harvest;
  }

  #piece(piece: Piece, harvest: Harvest): void {
    if (piece.kind === "rejected") return harvest.reject(piece);
    if (piece.number === 1) return;
    const trouble = this.#row(piece, harvest);
    if (trouble !== undefined) harvest.skip(trouble, piece, this.records.window);
  }

  #row({ from, to }: ElementPiece, harvest: Harvest): SkipReason | undefined {
    const fields = csvFields(storable(this.records.window.bytes.toString("utf8", from, to)), ",");
    if (fields.length !== this.#columns.length) return "wrong-columns";
    const cells = new Map(this.#columns.map((column, i) => [column, fields[i] ?? ""]));
    return takeRow(cells, { choices: this.#choices, owner: this.#owner, harvest });
  }
}

/** Reads the posts in a person's archive, one table. */
export async function* readArchive(
  source: Source,
  part: Part,
  more: { choices: Choices; resume?: ResumePoint | undefined },
): AsyncGenerator<Harvest> {
  const beginning = (await beginningOf(source, part)).replace(/^\uFEFF/, "");
  if (!isArchiveHeader(beginning)) return;
  const columns = csvFields(beginning.split(/\r?\n/)[0] ?? "", ",");
  const reader = new ArchiveReader(columns, await ownerOf(source, part), more);
  const { chunks } = await source.read(part, reader.records.place().offset);
  for await (const _ of fed(reader.records, chunks)) yield reader.take(part.name);
}
