import type {
  IncomingAuthor,
  IncomingMessage,
  IncomingMove,
  IncomingReaction,
  MessageKind,
} from "#src/platforms/model.ts";
import { emojiNamed } from "./emoji-names.ts";
import { NAME_CHARS } from "./format.ts";
import type { Harvest, SkipReason } from "./harvest.ts";
import { countIn, isRaw, type Raw, rawsIn, textIn } from "./json-values.ts";
import { marksOf } from "./marks.ts";
import { isPossible, said } from "./said.ts";
import { type SlackDirectory, slackId } from "./slack-directory.ts";
import { slackLinks, slackText } from "./slack-text.ts";

/** What a message is taken with. */
export interface SlackPlace {
  readonly channelId: string;
  readonly directory: SlackDirectory;
  /** The clock, in milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Unix time with six decimals: the moment, and the message's id in its channel. */
const TS = /^\d{9,11}\.\d{1,9}$/;

function instantOf(ts: unknown): number | undefined {
  return typeof ts === "string" && TS.test(ts) ? Math.floor(Number(ts) * 1000 + 1e-3) : undefined;
}

const SAID = new Set([
  "bot_message",
  "file_share",
  "file_comment",
  "me_message",
  "thread_broadcast",
  "reply_broadcast",
]);
const MOVES: Readonly<Record<string, IncomingMove["kind"]>> = {
  channel_join: "joined",
  group_join: "joined",
  channel_leave: "left",
  group_leave: "left",
};

const KNOWN_FIELDS = new Set(
  `type subtype ts user text client_msg_id team user_team source_team user_profile blocks attachments files file upload
  reactions thread_ts parent_user_id reply_count reply_users_count latest_reply reply_users replies is_locked subscribed
  last_read edited bot_id bot_profile username icons app_id display_as_bot inviter hidden metadata root old_name name topic
  purpose comment x_files permalink pinned_to pinned_info is_starred unread_count is_intro room no_notifications`.split(
    /\s+/,
  ),
);

function nameIn(raw: unknown): string | undefined {
  if (!isRaw(raw)) return undefined;
  return textIn(raw["display_name"]) ?? textIn(raw["real_name"]) ?? textIn(raw["name"]);
}

/** People of other workspaces stand in no list; what is known of them comes with the message. */
function authorOf(raw: Raw, { directory }: SlackPlace): IncomingAuthor | undefined {
  const comment = isRaw(raw["comment"]) ? raw["comment"] : {};
  const user = slackId(raw["user"]) ?? slackId(comment["user"]);
  const bot = slackId(raw["bot_id"]);
  const known = user === undefined ? undefined : directory.find(user);
  const externalId = user ?? bot;
  if (externalId === undefined) return undefined;
  const told = nameIn(raw["user_profile"]) ?? textIn(raw["username"]) ?? nameIn(raw["bot_profile"]);
  const name = (known?.name ?? told)?.slice(0, NAME_CHARS);
  const isBot = known === undefined ? bot !== undefined : known.isBot;
  return {
    externalId,
    kind: isBot ? "bot" : "person",
    ...(name === undefined ? {} : { name }),
    ...(known?.username === undefined ? {} : { username: known.username }),
  };
}

const FILE_KINDS: readonly (readonly [start: string, kind: MessageKind])[] = [
  ["image/gif", "animation"],
  ["image/", "photo"],
  ["video/", "video"],
  ["audio/", "audio"],
];

function filesOf(raw: Raw): readonly Raw[] {
  const files = rawsIn(raw["files"]);
  return files.length > 0 ? files : isRaw(raw["file"]) ? [raw["file"]] : [];
}

function kindOf(files: readonly Raw[]): MessageKind {
  const [file] = files;
  if (file === undefined) return "text";
  const type = textIn(file["mimetype"]) ?? "";
  return FILE_KINDS.find(([start]) => type.startsWith(start))?.[1] ?? "file";
}

function writtenIn(raw: Raw): string {
  const text = textIn(raw["text"]) ?? (isRaw(raw["comment"]) ? textIn(raw["comment"]["comment"]) : undefined);
  if (text !== undefined) return text;
  const attachments = rawsIn(raw["attachments"]).map((each) => textIn(each["text"]) ?? textIn(each["fallback"]));
  return attachments.filter((each) => each !== undefined).join("\n");
}

/** Somebody who is named by their id alone. */
function listed(user: unknown, { directory }: SlackPlace): IncomingAuthor | undefined {
  const externalId = slackId(user);
  if (externalId === undefined) return undefined;
  const { name, username, isBot = false } = directory.find(externalId) ?? {};
  return {
    externalId,
    kind: isBot ? "bot" : "person",
    ...(name === undefined ? {} : { name }),
    ...(username === undefined ? {} : { username }),
  };
}

/** Of popular reactions Slack lists fewer people than it counts; of old ones the other way round. */
function* reactionsIn(reactions: unknown, place: SlackPlace): Generator<IncomingReaction> {
  for (const reaction of rawsIn(reactions)) {
    const name = textIn(reaction["name"]);
    const users = [...new Set<unknown>(Array.isArray(reaction["users"]) ? reaction["users"] : [])];
    const count = Math.max(countIn(reaction["count"]), users.length);
    const by = users.flatMap((user) => listed(user, place) ?? []).map((member) => ({ member }));
    if (name !== undefined) yield { emoji: emojiNamed(name), count, by };
  }
}

interface Dated {
  readonly raw: Raw;
  readonly ts: string;
  readonly at: number;
  readonly author: IncomingAuthor;
}

function messageOf(place: SlackPlace, { raw, ts, at, author }: Dated): IncomingMessage {
  const { channelId, directory } = place;
  const written = writtenIn(raw);
  const files = filesOf(raw);
  const thread = textIn(raw["thread_ts"]);
  const editedAt = isRaw(raw["edited"]) ? instantOf(raw["edited"]["ts"]) : undefined;
  const fileName = textIn(files[0]?.["name"])?.slice(0, NAME_CHARS);
  return said({
    spaceExternalId: channelId,
    externalId: ts,
    sentAt: at,
    author,
    kind: kindOf(files),
    text: slackText(written, directory),
    links: slackLinks(written),
    reactions: marksOf(reactionsIn(raw["reactions"], place)),
    ...(editedAt === undefined ? {} : { editedAt }),
    // What is said in a thread answers the message that opened it.
    ...(thread !== undefined && thread !== ts && TS.test(thread) ? { replyToExternalId: thread } : {}),
    ...(fileName === undefined ? {} : { details: { fileName } }),
  });
}

/** Takes one entry of a channel's day into the harvest; says why if it cannot. */
export function takeSlackMessage(place: SlackPlace, value: unknown, harvest: Harvest): SkipReason | undefined {
  if (!isRaw(value) || value["type"] !== "message") return "not-a-message";
  const { ts } = value;
  const at = instantOf(ts);
  if (at === undefined || typeof ts !== "string") return "no-date";
  if (!isPossible(at, place.now)) return "impossible-date";
  const subtype = textIn(value["subtype"]);
  const kind = subtype === undefined || !Object.hasOwn(MOVES, subtype) ? undefined : MOVES[subtype];
  if (subtype !== undefined && kind === undefined && !SAID.has(subtype)) {
    harvest.passOver(subtype);
    return undefined;
  }
  const author = authorOf(value, place);
  if (author === undefined) return "no-author";
  for (const field in value) if (!KNOWN_FIELDS.has(field)) harvest.unknownField(field);
  if (kind === undefined) {
    harvest.messages.push(messageOf(place, { raw: value, ts, at, author }));
    return undefined;
  }
  const { channelId: spaceExternalId } = place;
  const name = author.name ?? "";
  harvest.moves.push({ spaceExternalId, externalId: ts, position: 0, member: author, name, kind, happenedAt: at });
  return undefined;
}
