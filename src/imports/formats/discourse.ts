import type { IncomingSpace } from "#src/platforms/model.ts";
import type { Header } from "../stream/frames.ts";
import { JsonElements } from "../stream/json-elements.ts";
import { inReadingOrder } from "../stream/part-order.ts";
import { fed } from "../stream/reading.ts";
import type { Part, Source } from "../stream/source.ts";
import { isArchiveHeader, readArchive } from "./discourse-archive.ts";
import { takePost } from "./discourse-post.ts";
import {
  type Choices,
  type FoundSpace,
  type HistoryFormat,
  NAME_CHARS,
  type Opening,
  type Recognised,
  type ResumePoint,
} from "./format.ts";
import type { Harvest } from "./harvest.ts";
import { objectsIn, type PartReader, readJsonParts } from "./json-parts.ts";
import { isRaw, rawsIn, textIn } from "./json-values.ts";

const POSTS = [["post_stream", "posts"]];
const CATEGORIES = [["category_list", "categories"], ["categories"]];
const CATEGORY_LIST = /(^|\/)(?:categories|site)\.json$/i;
const ARCHIVE = /(^|\/)user_archive[^/]*\.csv$/i;

function recognise({ text, parts }: Opening): Recognised | undefined {
  const isTopic = /^\uFEFF?\s*\{/.test(text) && /"post_stream"\s*:\s*\{/.test(text);
  const isArchive = isArchiveHeader(text) || parts.some((name) => ARCHIVE.test(name));
  return isTopic || isArchive ? { needsTimeZone: false } : undefined;
}

/** A topic as its file tells of it. */
interface Topic {
  readonly space: IncomingSpace;
  readonly parent?: IncomingSpace;
  readonly archetype: string;
  readonly posts: number;
}

/** The fields of a topic stand after its posts, so the file is gone through for them first; its posts are not parsed. */
async function headerOf(source: Source, part: Part): Promise<{ header: Header; posts: number } | undefined> {
  const elements = new JsonElements(POSTS);
  let header: Header | undefined;
  let posts = 0;
  const { chunks } = await source.read(part);
  for await (const _ of fed(elements, chunks)) {
    for (let piece = elements.next(); piece !== undefined; piece = elements.next()) {
      header ??= elements.around()[0];
      posts++;
    }
  }
  return header === undefined ? undefined : { header, posts };
}

async function topicIn(
  source: Source,
  part: Part,
  boards: ReadonlyMap<string, IncomingSpace>,
): Promise<Topic | undefined> {
  const found = /\.json$/i.test(part.name) ? await headerOf(source, part) : undefined;
  if (found === undefined) return undefined;
  const { header, posts } = found;
  const { id } = header;
  if (!Number.isSafeInteger(id)) return undefined;
  const parent = boards.get(String(header["category_id"]));
  const externalId = String(id);
  const name = textIn(header["title"])?.slice(0, NAME_CHARS) ?? externalId;
  const archetype = textIn(header["archetype"]) ?? "regular";
  if (parent === undefined) return { space: { externalId, name, kind: "topic" }, archetype, posts };
  return { space: { externalId, name, kind: "topic", parentExternalId: parent.externalId }, parent, archetype, posts };
}

function boardsIn(value: unknown): IncomingSpace[] {
  const id = isRaw(value) ? value["id"] : undefined;
  if (!isRaw(value) || typeof id !== "number" || !Number.isSafeInteger(id)) return [];
  const name = textIn(value["name"])?.slice(0, NAME_CHARS) ?? String(id);
  const board: IncomingSpace = { externalId: `category:${id}`, name, kind: "board" };
  return [board, ...rawsIn(value["subcategory_list"]).flatMap(boardsIn)];
}

/** The forum's categories, if their list came along, by number. */
async function readBoards(source: Source): Promise<Map<string, IncomingSpace>> {
  const boards = new Map<string, IncomingSpace>();
  for (const { name } of source.parts.filter((part) => CATEGORY_LIST.test(part.name))) {
    for await (const raw of objectsIn(source, name, CATEGORIES)) {
      for (const board of boardsIn(raw)) boards.set(board.externalId.slice("category:".length), board);
    }
  }
  return boards;
}

/** What is written to chosen people belongs to no community. */
function isPrivate({ archetype }: Topic): boolean {
  return archetype === "private_message";
}

function readerOf({ space, parent }: Topic, { now }: Choices): PartReader {
  const place = { topicId: space.externalId, now };
  const take = (value: unknown, harvest: Harvest) => {
    if (parent !== undefined) harvest.spaces.set(parent.externalId, parent);
    harvest.spaces.set(space.externalId, space);
    return takePost(place, value, harvest);
  };
  return { lists: POSTS, take };
}

function isWanted(topic: Topic, { spaces }: Choices): boolean {
  return spaces === undefined ? !isPrivate(topic) : spaces.includes(topic.space.externalId);
}

async function* read(source: Source, choices: Choices, resume?: ResumePoint): AsyncGenerator<Harvest> {
  const tables = inReadingOrder(source.parts.filter(({ name }) => /\.csv$/i.test(name)));
  const known = tables.findIndex((part) => part.name === resume?.part);
  if (known < 0) {
    const boards = await readBoards(source);
    yield* readJsonParts({
      source,
      parts: source.parts.filter(({ name }) => /\.json$/i.test(name)),
      resume,
      open: async (part) => {
        const topic = await topicIn(source, part, boards);
        return topic !== undefined && isWanted(topic, choices) ? readerOf(topic, choices) : undefined;
      },
    });
  }
  for (const [i, part] of tables.entries()) {
    if (i >= known) yield* readArchive(source, part, { choices, resume: i === known ? resume : undefined });
  }
}

async function findSpaces(source: Source, signal: AbortSignal): Promise<FoundSpace[]> {
  const boards = await readBoards(source);
  const found: FoundSpace[] = [];
  for (const part of source.parts) {
    if (signal.aborted) break;
    const topic = await topicIn(source, part, boards);
    if (topic === undefined) continue;
    const { externalId, name } = topic.space;
    found.push({ externalId, name, type: topic.archetype, messages: topic.posts, isPrivate: isPrivate(topic) });
  }
  return found;
}

/** What a Discourse forum gives out: topics as JSON (`/t/NUMBER.json`), and a person's archive of their own posts. */
export const discourse: HistoryFormat = { name: "discourse", platform: "discourse", recognise, read, findSpaces };
