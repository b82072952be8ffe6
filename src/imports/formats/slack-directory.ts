import type { Source } from "../stream/source.ts";
import { NAME_CHARS } from "./format.ts";
import { objectsIn } from "./json-parts.ts";
import { isRaw, type Raw, textIn } from "./json-values.ts";
import type { SlackNames } from "./slack-text.ts";

/** Somebody of the workspace. */
export interface SlackPerson {
  readonly name: string | undefined;
  readonly username: string | undefined;
  readonly isBot: boolean;
}

/** A channel or conversation; its days lie in the folder of that name. */
export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  /** The list it stands in: `channels`, `groups` (private channels), `dms`, `mpims`. */
  readonly type: string;
}

/** Who and what is in an export. */
export interface SlackDirectory extends SlackNames {
  readonly channels: readonly SlackChannel[];
  find(id: string): SlackPerson | undefined;
  channelIn(folder: string): SlackChannel | undefined;
}

/** The largest workspaces have some hundred thousand accounts; about 100 bytes each are kept. */
const MOST_PEOPLE = 1_000_000;
/** Each file is one list. */
const LIST = [[]];
const ID = /^[A-Z0-9]{2,30}$/;
const LISTS = ["channels", "groups", "dms", "mpims"] as const;

/** An id of a person, bot or channel; undefined when it is none. */
export function slackId(value: unknown): string | undefined {
  return typeof value === "string" && ID.test(value) ? value : undefined;
}

/** The folder an export lies in within its archive, with the slash: archivers often add one. */
export function slackRoot(names: readonly string[]): string | undefined {
  const users = names.find((name) => /(^|\/)users\.json$/.test(name));
  const root = users?.slice(0, -"users.json".length);
  const isListed = LISTS.some((list) => names.includes(`${root}${list}.json`));
  return root !== undefined && isListed ? root : undefined;
}

function personIn(raw: Raw): SlackPerson {
  const profile = isRaw(raw["profile"]) ? raw["profile"] : {};
  const account = textIn(raw["name"])?.slice(0, NAME_CHARS);
  const shown = textIn(profile["display_name"]) ?? textIn(profile["real_name"]) ?? textIn(raw["real_name"]) ?? account;
  return { name: shown?.slice(0, NAME_CHARS), username: account, isBot: raw["is_bot"] === true };
}

/** Conversations have no name of their own: those of two are known by the id of their folder. */
function channelIn(raw: Raw, type: string): SlackChannel | undefined {
  const id = slackId(raw["id"]);
  if (id === undefined) return undefined;
  const name = textIn(raw["name"])?.slice(0, NAME_CHARS) ?? id;
  return { id, name, type, folder: type === "dms" ? id : name };
}

/** Reads the lists of an export: people, channels, conversations. */
export async function readDirectory(source: Source, root: string): Promise<SlackDirectory> {
  // The app's own voice is in no list.
  const people = new Map<string, SlackPerson>([["USLACKBOT", { name: "Slackbot", username: "slackbot", isBot: true }]]);
  for await (const raw of objectsIn(source, `${root}users.json`, LIST)) {
    const id = slackId(raw["id"]);
    if (id !== undefined && people.size < MOST_PEOPLE) people.set(id, personIn(raw));
  }
  const channels: SlackChannel[] = [];
  for (const type of LISTS) {
    for await (const raw of objectsIn(source, `${root}${type}.json`, LIST)) {
      const channel = channelIn(raw, type);
      if (channel !== undefined) channels.push(channel);
    }
  }
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  const byFolder = new Map(channels.map((channel) => [channel.folder, channel]));
  return {
    channels,
    find: (id) => people.get(id),
    person: (id) => people.get(id)?.name,
    channel: (id) => byId.get(id)?.name,
    channelIn: (folder) => byFolder.get(folder),
  };
}
