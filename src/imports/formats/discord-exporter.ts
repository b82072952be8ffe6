import type { IncomingSpace } from "#src/platforms/model.ts";
import { openingOfPart, type Part, type Source } from "../stream/source.ts";
import { discordId, takeDiscordMessage } from "./discord-message.ts";
import {
  type Choices,
  type FoundSpace,
  type HistoryFormat,
  NAME_CHARS,
  type Opening,
  type Recognised,
} from "./format.ts";
import type { Harvest } from "./harvest.ts";
import { countElements, type PartReader, readJsonParts } from "./json-parts.ts";
import { isRaw, type Raw, textIn } from "./json-values.ts";
import { isLocalTime } from "./written-time.ts";

const MESSAGES = [["messages"]];
/** Inside a string its quotes would be escaped, so this is where the list of messages begins. */
const LIST = /(?<!\\)"messages"\s*:\s*\[/;

/** One exported channel, thread or conversation. */
interface Channel {
  readonly type: string;
  readonly space: IncomingSpace;
  /** The channel a thread is part of. */
  readonly parent?: IncomingSpace;
}

/** What stands before the messages: server and channel. Undefined when the file does not begin like that. */
function preambleOf(opening: string): Raw | undefined {
  const text = opening.replace(/^\uFEFF/, "");
  const found = LIST.exec(text);
  if (found === null) return undefined;
  try {
    const value: unknown = JSON.parse(`${text.slice(0, found.index)}"messages":[]}`);
    return isRaw(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function nameOf(value: unknown, otherwise: string): string {
  return textIn(value)?.slice(0, NAME_CHARS) ?? otherwise;
}

/** The old schema knew no threads, so the channel of a thread is called its category. */
function channelOf(preamble: Raw | undefined): Channel | undefined {
  const { guild, channel } = preamble ?? {};
  const id = isRaw(channel) ? discordId(channel["id"]) : undefined;
  if (!isRaw(channel) || !isRaw(guild) || id === undefined) return undefined;
  const type = textIn(channel["type"]) ?? "GuildTextChat";
  const name = nameOf(channel["name"], id);
  const parentId = discordId(channel["categoryId"]);
  if (!type.endsWith("Thread") || parentId === undefined) {
    const kind = /News|Announcement/.test(type) ? "channel" : "chat";
    return { type, space: { externalId: id, name, kind } };
  }
  const parent: IncomingSpace = { externalId: parentId, name: nameOf(channel["category"], parentId), kind: "chat" };
  return { type, space: { externalId: id, name, kind: "topic", parentExternalId: parentId }, parent };
}

/** Conversations between people belong to no community. */
function isPrivate({ type }: Channel): boolean {
  return type.startsWith("Direct");
}

function recognise({ text }: Opening): Recognised | undefined {
  if (channelOf(preambleOf(text)) === undefined) return undefined;
  const [, first] = /"timestamp"\s*:\s*"([^"]{0,40})"/.exec(text) ?? [];
  return { needsTimeZone: isLocalTime(first) };
}

async function channelIn(source: Source, part: Part): Promise<Channel | undefined> {
  return channelOf(preambleOf((await openingOfPart(source, part)).toString()));
}

function readerOf({ space, parent }: Channel, choices: Choices): PartReader {
  const place = { channelId: space.externalId, choices };
  const take = (value: unknown, harvest: Harvest) => {
    if (parent !== undefined) harvest.spaces.set(parent.externalId, parent);
    harvest.spaces.set(space.externalId, space);
    return takeDiscordMessage(place, value, harvest);
  };
  return { lists: MESSAGES, take };
}

async function findSpaces(source: Source, signal: AbortSignal): Promise<FoundSpace[]> {
  const found = new Map<string, FoundSpace>();
  for (const part of source.parts) {
    if (signal.aborted) break;
    const channel = await channelIn(source, part);
    if (channel === undefined) continue;
    const { externalId, name } = channel.space;
    const counted = await countElements(source, part, { lists: MESSAGES, signal });
    const messages = counted + (found.get(externalId)?.messages ?? 0);
    found.set(externalId, { externalId, name, type: channel.type, messages, isPrivate: isPrivate(channel) });
  }
  return [...found.values()];
}

/** What DiscordChatExporter writes as JSON: one file for each channel and thread, large ones in several. */
export const discordExporter: HistoryFormat = {
  name: "discord",
  platform: "discord",
  recognise,
  findSpaces,
  read: (source, choices, resume) =>
    readJsonParts({
      source,
      parts: source.parts,
      resume,
      open: async (part) => {
        const channel = await channelIn(source, part);
        if (channel === undefined) return undefined;
        const { spaces } = choices;
        const wanted = spaces === undefined ? !isPrivate(channel) : spaces.includes(channel.space.externalId);
        return wanted ? readerOf(channel, choices) : undefined;
      },
    }),
};
