import type { IncomingSpace } from "#src/platforms/model.ts";
import type { Part, Source } from "../stream/source.ts";
import type { Choices, FoundSpace, HistoryFormat, Opening, Recognised, ResumePoint } from "./format.ts";
import type { Harvest } from "./harvest.ts";
import { countElements, readJsonParts } from "./json-parts.ts";
import { readDirectory, type SlackChannel, type SlackDirectory, slackRoot } from "./slack-directory.ts";
import { takeSlackMessage } from "./slack-message.ts";

/** A day file is one list. */
const ENTRIES = [[]];
const DAY = /^([^/]+)\/\d{4}-\d{2}-\d{2}\.json$/;

function recognise({ parts }: Opening): Recognised | undefined {
  const root = slackRoot(parts);
  if (root === undefined) return undefined;
  const hasDays = parts.some((name) => name.startsWith(root) && DAY.test(name.slice(root.length)));
  return hasDays ? { needsTimeZone: false } : undefined;
}

interface Export {
  readonly root: string;
  readonly directory: SlackDirectory;
}

async function openExport(source: Source): Promise<Export> {
  const root = slackRoot(source.parts.map((part) => part.name)) ?? "";
  return { root, directory: await readDirectory(source, root) };
}

/** A folder that stands in none of the lists is an archived or renamed channel, known by its name. */
function channelOf({ root, directory }: Export, part: Part): SlackChannel | undefined {
  const [, folder] = part.name.startsWith(root) ? (DAY.exec(part.name.slice(root.length)) ?? []) : [];
  if (folder === undefined) return undefined;
  return directory.channelIn(folder) ?? { id: `name:${folder}`, name: folder, folder, type: "channels" };
}

/** Conversations of two or a few people belong to no community. */
function isPrivate({ type }: SlackChannel): boolean {
  return type === "dms" || type === "mpims";
}

function isWanted(channel: SlackChannel, { spaces }: Choices): boolean {
  return spaces === undefined ? !isPrivate(channel) : spaces.includes(channel.id);
}

async function* read(source: Source, choices: Choices, resume?: ResumePoint): AsyncGenerator<Harvest> {
  const opened = await openExport(source);
  const { directory } = opened;
  yield* readJsonParts({
    source,
    parts: source.parts.filter((part) => channelOf(opened, part) !== undefined),
    resume,
    open: (part) => {
      const channel = channelOf(opened, part);
      if (channel === undefined || !isWanted(channel, choices)) return undefined;
      const space: IncomingSpace = { externalId: channel.id, name: channel.name, kind: "chat" };
      const place = { channelId: channel.id, directory, now: choices.now };
      return {
        lists: ENTRIES,
        take: (value, harvest) => {
          harvest.spaces.set(space.externalId, space);
          return takeSlackMessage(place, value, harvest);
        },
      };
    },
  });
}

async function findSpaces(source: Source, signal: AbortSignal): Promise<FoundSpace[]> {
  const opened = await openExport(source);
  const counts = new Map<string, { channel: SlackChannel; messages: number }>();
  for (const part of source.parts) {
    const channel = channelOf(opened, part);
    if (channel === undefined) continue;
    const known = counts.get(channel.id) ?? { channel, messages: 0 };
    // Out of time, the channels are still named.
    if (!signal.aborted) known.messages += await countElements(source, part, { lists: ENTRIES, signal });
    counts.set(channel.id, known);
  }
  return [...counts.values()].map(({ channel, messages }) => {
    const { id, name, type } = channel;
    return { externalId: id, name, type, messages, isPrivate: isPrivate(channel) };
  });
}

/** What Slack writes when an owner exports a workspace: lists of people and channels, and a file for each day of each channel. */
export const slackExport: HistoryFormat = { name: "slack", platform: "slack", recognise, read, findSpaces };
