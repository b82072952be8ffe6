import { parseLocal } from "#src/base/clock.ts";
import {
  CLOCK_LEEWAY,
  EARLIEST_MESSAGE,
  type IncomingAuthor,
  type IncomingMessage,
  type IncomingMove,
  type IncomingSpace,
} from "#src/platforms/model.ts";
import { languageOf } from "#src/platforms/traits/language.ts";
import { isQuestion } from "#src/platforms/traits/question.ts";
import type { Header } from "../stream/frames.ts";
import { type Choices, ID_CHARS, NAME_CHARS } from "./format.ts";
import type { Harvest, SkipReason } from "./harvest.ts";
import { isRaw, type Raw, textIn } from "./json-values.ts";
import { detailsOf, kindOf, linksIn, plainText, reactionsOf, Trait, traitsOf } from "./telegram-content.ts";
import { botChatId, deletedAccount, isChannelType, Peers } from "./telegram-ids.ts";
import { Topics } from "./telegram-topics.ts";

/** One chat of an export, as far as it was read. */
export interface TelegramChat {
  readonly type: string;
  readonly space: IncomingSpace;
  readonly topics: Topics;
  readonly peers: Peers;
}

/** The chat that these fields describe. */
export function telegramChat(header: Header): TelegramChat {
  const type = textIn(header["type"]) ?? "private_supergroup";
  const { id } = header;
  const known = typeof id === "number" || (typeof id === "string" && ID.test(id));
  const name = textIn(header["name"])?.slice(0, NAME_CHARS);
  const externalId = known ? botChatId(String(id), type) : `name:${name ?? type}`.slice(0, ID_CHARS);
  const kind = isChannelType(type) ? "channel" : "chat";
  return {
    type,
    space: { externalId, name: name ?? externalId, kind },
    topics: new Topics(externalId),
    peers: new Peers(),
  };
}

function instantIn(unix: unknown, local: unknown, timeZone: string): number | undefined {
  const seconds = typeof unix === "string" || typeof unix === "number" ? Number(unix) : NaN;
  if (Number.isFinite(seconds)) return Math.floor(seconds * 1000);
  return typeof local === "string" ? parseLocal(local, timeZone) : undefined;
}

/** What an element of the messages of a chat turned into: nothing when it was stored or counted, otherwise why not. */
export type Outcome = SkipReason | undefined;

/** Ids beyond 2^53 are strings of their digits. Messages from before a group became a supergroup have negative ones. */
const ID = /^-?\d{1,20}$/;

interface Taking {
  readonly harvest: Harvest;
  readonly choices: Choices;
}

/** Takes one element of a chat's messages into the harvest. */
export function takeElement(chat: TelegramChat, value: unknown, into: Taking): Outcome {
  if (!isRaw(value)) return "not-a-message";
  const { id, type } = value;
  if (typeof id !== "number" && !(typeof id === "string" && ID.test(id))) return "no-id";
  if (type === "unsupported") return "unsupported";
  const { harvest, choices } = into;
  const at = instantIn(value["date_unixtime"], value["date"], choices.timeZone);
  if (at === undefined) return "no-date";
  if (at < EARLIEST_MESSAGE || at > choices.now + CLOCK_LEEWAY) return "impossible-date";
  const traits = traitsOf(value, (field) => harvest.unknownField(field));
  harvest.spaces.set(chat.space.externalId, chat.space);
  if (type === "service") takeService(chat, { raw: value, id: String(id), at, traits }, harvest);
  else harvest.messages.push(messageOf(chat, { raw: value, id: String(id), at, traits }, into));
  return undefined;
}

interface Dated {
  readonly raw: Raw;
  readonly id: string;
  readonly at: number;
  /** Bits of `Trait`. */
  readonly traits: number;
}

/**
 * Only bots can put buttons under a message; people's messages carry them when they were made through an inline bot or
 * forwarded. No other sign of a bot is believed: anybody may call themselves "...bot".
 */
function isByBot({ raw, traits }: Dated): boolean {
  return (traits & Trait.buttons) !== 0 && (traits & Trait.forwarded) === 0 && raw["via_bot"] === undefined;
}

function authorOf(chat: TelegramChat, dated: Dated): IncomingAuthor {
  const author = chat.peers.of(dated.raw["from_id"], dated.raw["from"]) ?? deletedAccount;
  return author.kind === "person" && isByBot(dated) ? { ...author, kind: "bot" } : author;
}

const NONE: IncomingMessage["reactions"] = [];

type Draft = { -readonly [Field in keyof IncomingMessage]: IncomingMessage[Field] };

function messageOf(chat: TelegramChat, dated: Dated, { harvest, choices }: Taking): IncomingMessage {
  const { raw, id, at, traits } = dated;
  const kind = (traits & Trait.media) === 0 ? "text" : kindOf(raw);
  const said = plainText(raw["text"]);
  const text = said === "" && isRaw(raw["poll"]) ? plainText(raw["poll"]["question"]) : said;
  const author = authorOf(chat, dated);
  // A forwarded question is not the sender's own, and polls ask by voting.
  const mayAsk = text !== "" && (traits & Trait.forwarded) === 0 && kind !== "poll" && author.kind === "person";
  const message: Draft = {
    spaceExternalId: chat.space.externalId,
    externalId: id,
    sentAt: at,
    author,
    kind,
    text,
    isQuestion: mayAsk && isQuestion(text),
    links: linksIn(raw["text"]),
    reactions:
      (traits & Trait.reactions) === 0
        ? NONE
        : reactionsOf(raw["reactions"], { peers: chat.peers, at, date: raw["date"] }),
  };
  const language = text === "" ? undefined : languageOf(text);
  if (language !== undefined) message.language = language;
  if ((traits & Trait.forwarded) !== 0)
    message.forwardedFrom = textIn(raw["forwarded_from"])?.slice(0, NAME_CHARS) ?? "";
  const edited =
    (traits & Trait.edited) === 0 ? undefined : instantIn(raw["edited_unixtime"], raw["edited"], choices.timeZone);
  if (edited !== undefined) message.editedAt = edited;
  const details = (traits & Trait.details) === 0 ? undefined : detailsOf(raw);
  if (details !== undefined) message.details = details;
  if ((traits & Trait.reply) === 0) return message;
  const place = placeOf(chat, raw, Number(id));
  if (place.answered !== undefined) message.replyToExternalId = place.answered;
  if (place.topic === undefined) return message;
  harvest.spaces.set(place.topic.externalId, place.topic);
  message.spaceExternalId = place.topic.externalId;
  return message;
}

interface Place {
  readonly topic?: IncomingSpace;
  readonly answered?: string;
}

/** The topic and the message answered. An answer to a message of another chat is known to nobody here. */
function placeOf({ topics }: TelegramChat, raw: Raw, id: number): Place {
  const answered = raw["reply_to_message_id"];
  if ((typeof answered !== "number" && typeof answered !== "string") || raw["reply_to_peer_id"] !== undefined)
    return {};
  if (topics.none) return { answered: String(answered) };
  const topic = topics.place(id, Number(answered));
  const reply = topics.isRoot(Number(answered)) ? {} : { answered: String(answered) };
  return topic === undefined ? reply : { ...reply, topic };
}

const JOINS = new Set(["join_group_by_link", "join_group_by_request"]);

function takeService(chat: TelegramChat, dated: Dated, harvest: Harvest): void {
  const { raw, id } = dated;
  const action = textIn(raw["action"]) ?? "service";
  if (action === "topic_created") {
    const topic = chat.topics.open(Number(id), textIn(raw["title"])?.slice(0, NAME_CHARS) ?? `#${id}`);
    harvest.spaces.set(topic.externalId, topic);
    return;
  }
  const moves = movesOf(chat, action, dated);
  if (moves.length === 0) harvest.passOver(action);
  for (const move of moves) {
    harvest.moves.push({ ...move, spaceExternalId: chat.space.externalId, externalId: id, happenedAt: dated.at });
  }
}

type Move = Pick<IncomingMove, "position" | "member" | "name" | "kind">;

/** Who came and went. Those who are added or removed by others are known by name alone, unless they did it themselves. */
function movesOf(chat: TelegramChat, action: string, { raw }: Dated): Move[] {
  const actor = chat.peers.of(raw["actor_id"], raw["actor"]);
  if (JOINS.has(action))
    return actor === undefined ? [] : [{ position: 0, member: actor, name: actor.name ?? "", kind: "joined" }];
  const isJoin = action === "invite_members" || action === "create_group";
  if (!isJoin && action !== "remove_members") return [];
  const names: readonly unknown[] = Array.isArray(raw["members"]) ? raw["members"] : [];
  return names.map((each, position) => {
    const name = textIn(each)?.slice(0, NAME_CHARS) ?? "";
    const oneself = actor !== undefined && name === (actor.name ?? "");
    const kind = isJoin ? "joined" : oneself ? "left" : "removed";
    return { position, ...(oneself ? { member: actor } : {}), name, kind };
  });
}
