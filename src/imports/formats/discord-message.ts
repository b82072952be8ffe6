import type {
  IncomingAuthor,
  IncomingMessage,
  IncomingMove,
  IncomingReaction,
  MessageKind,
} from "#src/platforms/model.ts";
import { type Choices, ID_CHARS, NAME_CHARS } from "./format.ts";
import type { Harvest, SkipReason } from "./harvest.ts";
import { countIn, isRaw, type Raw, rawsIn, textIn } from "./json-values.ts";
import { marksOf } from "./marks.ts";
import { isPossible, said } from "./said.ts";
import { instantOf } from "./written-time.ts";

/** What a message is taken with: the channel it stands in and what was chosen. */
export interface DiscordPlace {
  readonly channelId: string;
  readonly choices: Choices;
}

/** Snowflakes have at most 20 digits. */
const ID = /^\d{1,20}$/;
/** Discord's own time in its ids begins with 2015. */
const DISCORD_EPOCH = 1_420_070_400_000;

/** The id of a message, person or channel; undefined when it is none. */
export function discordId(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && ID.test(text) ? text : undefined;
}

/**
 * Exporters older than a message type write its number
 * (https://discord.com/developers/docs/resources/message#message-object-message-types).
 */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  "0": "Default",
  "1": "RecipientAdd",
  "2": "RecipientRemove",
  "3": "Call",
  "4": "ChannelNameChange",
  "5": "ChannelIconChange",
  "6": "ChannelPinnedMessage",
  "7": "GuildMemberJoin",
  "8": "GuildBoost",
  "9": "GuildBoostTier1",
  "10": "GuildBoostTier2",
  "11": "GuildBoostTier3",
  "12": "ChannelFollowAdd",
  "18": "ThreadCreated",
  "19": "Reply",
  "20": "ChatInputCommand",
  "21": "ThreadStarterMessage",
  "23": "ContextMenuCommand",
  "24": "AutoModerationAction",
  "46": "PollResult",
};
const SAID = new Set(["Default", "Reply", "ChatInputCommand", "ContextMenuCommand"]);

const KNOWN_FIELDS = new Set(
  `id type timestamp timestampEdited callEndedTimestamp isPinned content author attachments components embeds stickers
  reactions mentions reference forwardedMessage interaction inlineEmojis`.split(/\s+/),
);

/** The time in an id. It is the same in every export and in the live feed; what is written is rounded by some versions. */
function sentAtOf(id: string, written: number | undefined): number | undefined {
  const inId = Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
  return written !== undefined && Math.abs(written - inId) < 1000 ? inId : written;
}

function authorOf(author: unknown): IncomingAuthor | undefined {
  const raw = isRaw(author) ? author : {};
  const id = discordId(raw["id"]);
  if (id === undefined) return undefined;
  const account = textIn(raw["name"]);
  const tag = textIn(raw["discriminator"]);
  const name = textIn(raw["nickname"]) ?? account;
  const username = tag === undefined || /^0+$/.test(tag) ? account : account && `${account}#${tag}`;
  return {
    externalId: id,
    kind: raw["isBot"] === true ? "bot" : "person",
    ...(name === undefined ? {} : { name: name.slice(0, NAME_CHARS) }),
    ...(username === undefined ? {} : { username: username.slice(0, NAME_CHARS) }),
  };
}

const FILE_KINDS: readonly (readonly [kind: MessageKind, names: RegExp])[] = [
  ["voice", /^voice-message\.ogg$/i],
  ["animation", /\.gifv?$/i],
  ["photo", /\.(png|jpe?g|webp|avif|bmp|heic)$/i],
  ["video", /\.(mp4|mov|webm|mkv|avi)$/i],
  ["audio", /\.(mp3|ogg|wav|flac|m4a|opus)$/i],
];

function kindOf(raw: Raw): MessageKind {
  const [file] = rawsIn(raw["attachments"]);
  if (file === undefined) return rawsIn(raw["stickers"]).length > 0 ? "sticker" : "text";
  const name = textIn(file["fileName"]) ?? "";
  return FILE_KINDS.find(([, names]) => names.test(name))?.[0] ?? "file";
}

/** Mentions stay as marks when the exporter was told to leave formatting alone. */
function plainText(content: string, mentions: unknown): string {
  if (!content.includes("<")) return content;
  const names = new Map(rawsIn(mentions).map((each) => [String(each["id"]), textIn(each["nickname"] ?? each["name"])]));
  return content
    .replaceAll(/<@!?(\d{1,20})>/g, (_, id: string) => `@${names.get(id) ?? id}`)
    .replaceAll(/<a?(:\w{1,40}:)\d{1,20}>/g, "$1");
}

function textOf(raw: Raw): string {
  const content = textIn(raw["content"]);
  if (content !== undefined) return plainText(content, raw["mentions"]);
  const forwarded = isRaw(raw["forwardedMessage"]) ? textIn(raw["forwardedMessage"]["content"]) : undefined;
  if (forwarded !== undefined) return forwarded;
  const [embed] = rawsIn(raw["embeds"]);
  return [textIn(embed?.["title"]), textIn(embed?.["description"])].filter((part) => part !== undefined).join("\n");
}

/** Custom emoji are known by their id, all others by themselves. Those who gave them may be more than the count says. */
function* reactionsIn(reactions: unknown): Generator<IncomingReaction> {
  for (const reaction of rawsIn(reactions)) {
    const emoji = isRaw(reaction["emoji"]) ? reaction["emoji"] : {};
    const custom = discordId(emoji["id"]);
    const name = custom === undefined ? textIn(emoji["name"])?.slice(0, 40) : `custom:${custom}`;
    const users = rawsIn(reaction["users"]);
    const count = Math.max(countIn(reaction["count"]), users.length);
    const by = users.flatMap((user) => authorOf(user) ?? []).map((member) => ({ member }));
    if (name !== undefined) yield { emoji: name, count, by };
  }
}

function detailsOf(raw: Raw): Pick<IncomingMessage, "details"> {
  const [file] = rawsIn(raw["attachments"]);
  const fileName = textIn(file?.["fileName"])?.slice(0, NAME_CHARS);
  const pinned = raw["isPinned"] === true;
  if (fileName === undefined && !pinned) return {};
  return { details: { ...(fileName === undefined ? {} : { fileName }), ...(pinned ? { pinned } : {}) } };
}

interface Dated {
  readonly raw: Raw;
  readonly id: string;
  readonly at: number;
  readonly author: IncomingAuthor;
}

function messageOf({ channelId }: DiscordPlace, { raw, id, at, author }: Dated): IncomingMessage {
  const reference = isRaw(raw["reference"]) ? raw["reference"] : {};
  const isForward = raw["forwardedMessage"] !== undefined || reference["type"] === "Forward";
  const answered = isForward ? undefined : discordId(reference["messageId"]);
  const answeredIn = discordId(reference["channelId"]) ?? channelId;
  const editedAt = instantOf(raw["timestampEdited"], "UTC");
  return said({
    spaceExternalId: channelId,
    externalId: id,
    sentAt: at,
    author,
    kind: kindOf(raw),
    text: textOf(raw),
    reactions: marksOf(reactionsIn(raw["reactions"])),
    ...(editedAt === undefined ? {} : { editedAt }),
    ...(answered !== undefined && answeredIn === channelId ? { replyToExternalId: answered } : {}),
    ...(isForward ? { forwardedFrom: "" } : {}),
    ...detailsOf(raw),
  });
}

type Move = Pick<IncomingMove, "position" | "member" | "name" | "kind">;

/** Who came and went: a newcomer of the server is the author, whoever was added to a conversation or removed is mentioned. */
function movesOf(type: string, { raw, author }: Dated): Move[] {
  if (type === "GuildMemberJoin") return [{ position: 0, member: author, name: author.name ?? "", kind: "joined" }];
  if (type !== "RecipientAdd" && type !== "RecipientRemove") return [];
  const people = rawsIn(raw["mentions"])
    .map(authorOf)
    .filter((each) => each !== undefined);
  return people.map((member, position) => {
    const oneself = member.externalId === author.externalId;
    const kind = type === "RecipientAdd" ? "joined" : oneself ? "left" : "removed";
    return { position, member, name: member.name ?? "", kind };
  });
}

/** Takes one message of a channel into the harvest; says why if it cannot. */
export function takeDiscordMessage(place: DiscordPlace, value: unknown, harvest: Harvest): SkipReason | undefined {
  if (!isRaw(value)) return "not-a-message";
  const id = discordId(value["id"]);
  if (id === undefined) return "no-id";
  const at = sentAtOf(id, instantOf(value["timestamp"], place.choices.timeZone));
  if (at === undefined) return "no-date";
  if (!isPossible(at, place.choices.now)) return "impossible-date";
  const author = authorOf(value["author"]);
  if (author === undefined) return "no-author";
  for (const field in value) if (!KNOWN_FIELDS.has(field)) harvest.unknownField(field);
  const written = typeof value["type"] === "number" ? String(value["type"]) : (textIn(value["type"]) ?? "Default");
  const type = TYPE_NAMES[written] ?? written;
  const dated = { raw: value, id, at, author };
  if (SAID.has(type)) {
    harvest.messages.push(messageOf(place, dated));
    return undefined;
  }
  const moves = movesOf(type, dated);
  if (moves.length === 0) harvest.passOver(type);
  const where = { spaceExternalId: place.channelId.slice(0, ID_CHARS), externalId: id, happenedAt: at };
  for (const move of moves) harvest.moves.push({ ...move, ...where });
  return undefined;
}
