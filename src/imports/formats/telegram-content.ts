import type {
  IncomingLink,
  IncomingMessage,
  IncomingReaction,
  IncomingReactor,
  MessageKind,
} from "#src/platforms/model.ts";
import { distinctLinks } from "#src/platforms/traits/links.ts";
import { isRaw, type Raw } from "./json-values.ts";
import { marksOf } from "./marks.ts";
import type { Peers } from "./telegram-ids.ts";

const MEDIA: Readonly<Record<string, MessageKind>> = {
  sticker: "sticker",
  voice_message: "voice",
  video_message: "video-note",
  video_file: "video",
  audio_file: "audio",
  animation: "animation",
};

const SPECIAL: readonly (readonly [field: string, kind: MessageKind])[] = [
  ["photo", "photo"],
  ["file", "file"],
  ["poll", "poll"],
  ["contact_information", "contact"],
  ["location_information", "location"],
  ["game_title", "game"],
  ["invoice_information", "invoice"],
  ["story_expires", "story"],
  ["giveaway_information", "other"],
  ["todo_list", "other"],
  ["paid_stars_amount", "other"],
];

/** What sort of message it is, by its media; files that were left out of the export count all the same. */
export function kindOf(raw: Raw): MessageKind {
  const { media_type: media } = raw;
  if (typeof media === "string") return MEDIA[media] ?? "file";
  for (const [field, kind] of SPECIAL) if (raw[field] !== undefined) return kind;
  return "text";
}

/** The text without its formatting: the export writes it whole or in pieces. */
export function plainText(text: unknown): string {
  if (typeof text === "string") return text;
  if (!Array.isArray(text)) return "";
  let plain = "";
  for (const piece of text as readonly unknown[]) {
    if (typeof piece === "string") plain += piece;
    else if (isRaw(piece) && typeof piece["text"] === "string") plain += piece["text"];
  }
  return plain;
}

const NONE: readonly IncomingLink[] = [];

/** What Telegram itself marked as links. A text written whole has none. */
export function linksIn(text: unknown): readonly IncomingLink[] {
  if (!Array.isArray(text)) return NONE;
  const addresses: string[] = [];
  for (const piece of text as readonly unknown[]) {
    if (!isRaw(piece)) continue;
    const address =
      piece["type"] === "text_link" ? piece["href"] : piece["type"] === "link" ? piece["text"] : undefined;
    if (typeof address === "string") addresses.push(address);
  }
  return addresses.length === 0 ? NONE : distinctLinks(addresses);
}

/** The longest emoji sequences of Unicode (families, flags) have about 20 UTF-16 units. */
const EMOJI_CHARS = 40;

/** Custom emoji are known by the id of their picture; paid reactions are stars. */
function emojiOf(reaction: Raw): string {
  if (typeof reaction["emoji"] === "string") return reaction["emoji"].slice(0, EMOJI_CHARS);
  if (reaction["type"] === "paid") return "⭐";
  const document = reaction["document_id"];
  return typeof document === "string" && /^\d{1,20}$/.test(document) ? `custom:${document}` : "custom";
}

/** The message under which marks stand: its instant in milliseconds since 1970 UTC, and how the export writes it. */
export interface Marked {
  readonly peers: Peers;
  readonly at: number;
  readonly date: unknown;
}

/** Those who gave a mark last. Their times are of the exporting computer's zone, which the message's own two times tell. */
function recentIn(recent: unknown, { peers, at, date }: Marked): IncomingReactor[] {
  if (!Array.isArray(recent)) return [];
  const ahead = typeof date === "string" ? Date.parse(`${date}Z`) - at : NaN;
  const named: IncomingReactor[] = [];
  for (const each of recent as readonly unknown[]) {
    const member = isRaw(each) ? peers.of(each["from_id"], each["from"]) : undefined;
    if (!isRaw(each) || member === undefined) continue;
    const told = typeof each["date"] === "string" ? Date.parse(`${each["date"]}Z`) - ahead : NaN;
    // Nobody marks what is not written yet; a zone's summer time may have begun in between.
    named.push(Number.isNaN(told) ? { member } : { member, at: Math.max(told, at) });
  }
  return named;
}

function* reactionsIn(reactions: readonly unknown[], marked: Marked): Generator<IncomingReaction> {
  for (const reaction of reactions) {
    const count = isRaw(reaction) ? reaction["count"] : undefined;
    if (!isRaw(reaction) || typeof count !== "number" || !(count > 0)) continue;
    const by = recentIn(reaction["recent"], marked);
    yield { emoji: emojiOf(reaction), count: Math.min(Math.floor(count), 2 ** 30), by };
  }
}

/** How often each reaction was given, and by whom last. */
export function reactionsOf(reactions: unknown, marked: Marked): IncomingMessage["reactions"] {
  return Array.isArray(reactions) ? marksOf(reactionsIn(reactions, marked)) : [];
}

interface Poll {
  readonly question: string;
  readonly closed: boolean;
  readonly voters: number;
  readonly options: readonly { readonly text: string; readonly voters: number }[];
}

/** Questions and options are strings, or texts in pieces since 2024. */
function pollOf(poll: unknown): Poll | undefined {
  if (!isRaw(poll)) return undefined;
  const answers: readonly unknown[] = Array.isArray(poll["answers"]) ? poll["answers"] : [];
  const options = answers
    .filter(isRaw)
    .map((answer) => ({ text: plainText(answer["text"]), voters: numberIn(answer["voters"]) }));
  return {
    question: plainText(poll["question"]),
    closed: poll["closed"] === true,
    voters: numberIn(poll["total_voters"]),
    options,
  };
}

function numberIn(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

const NAMED_DETAILS = [
  ["via_bot", "viaBot"],
  ["author", "signature"],
  ["sticker_emoji", "sticker"],
  ["file_name", "fileName"],
  ["duration_seconds", "seconds"],
  ["forwarded_from_id", "forwardedFromId"],
] as const;

/** What is worth keeping beside the text; undefined for an ordinary message. */
export function detailsOf(raw: Raw): Readonly<Record<string, unknown>> | undefined {
  let details: Record<string, unknown> | undefined;
  for (const [field, name] of NAMED_DETAILS) {
    const value = raw[field];
    if (typeof value === "string" || typeof value === "number") (details ??= {})[name] = value;
  }
  const poll = raw["poll"] === undefined ? undefined : pollOf(raw["poll"]);
  return poll === undefined ? details : { ...details, poll };
}

/** What a message has beside the fields that nearly all have. Bits of the result of `traitsOf`. */
export const Trait = { media: 1, details: 2, reply: 4, reactions: 8, forwarded: 16, edited: 32, buttons: 64 } as const;

const TELLING: readonly (readonly [bits: number, fields: string])[] = [
  [Trait.media, SPECIAL.map(([field]) => field).join(" ")],
  [Trait.media | Trait.details, "media_type poll"],
  [Trait.details, "via_bot author sticker_emoji file_name duration_seconds forwarded_from_id"],
  [Trait.reply, "reply_to_message_id"],
  [Trait.reactions, "reactions"],
  [Trait.forwarded, "forwarded_from"],
  [Trait.edited, "edited edited_unixtime"],
  [Trait.buttons, "inline_bot_buttons"],
];

/** Fields that every message has, or that are known and needed for nothing here. */
const PLAIN_FIELDS = `id type date date_unixtime from from_id actor actor_id action saved_from reply_to_peer_id text
  text_entities photo_file_size file_size thumbnail thumbnail_file_size media_spoiler mime_type width height performer title
  contact_vcard contact_vcard_file_size live_location_period_seconds place_name address game_description game_link
  game_message_id self_destruct_period_seconds members message_id inviter new_title new_icon_emoji_id icon_emoji_id closed
  hidden duration discard_reason score emoticon period boosts gift_id forwarded_date forwarded_date_unixtime quote`;

const fieldBits = new Map<string, number>(PLAIN_FIELDS.split(/\s+/).map((field) => [field, 0]));
for (const [bits, fields] of TELLING) for (const field of fields.split(" ")) fieldBits.set(field, bits);

/** What there is to look for in a message, found in one pass; fields that no known exporter writes are told of. */
export function traitsOf(raw: Raw, unknownField: (field: string) => void): number {
  let traits = 0;
  for (const field in raw) {
    const bits = fieldBits.get(field);
    if (bits === undefined) unknownField(field);
    else traits |= bits;
  }
  return traits;
}
