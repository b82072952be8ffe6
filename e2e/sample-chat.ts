import { Dice } from "#src/sample/story/dice.ts";
import { type Line, SampleDays } from "./sample-days.ts";

/** What a sample holds, as whoever wrote it knows. */
export interface SampleTruth {
  messages: number;
  /** Everybody who wrote, the team's channel included. */
  authors: number;
  /** Everybody who wrote, without the team's channel. */
  members: number;
  joined: number;
  left: number;
  photos: number;
  /** In milliseconds since 1970 UTC. */
  firstAt: number;
  lastAt: number;
  /** Who wrote most, without the team's channel. */
  topAuthor: { name: string; messages: number };
}

/** The chat of a small coffee roaster, as Telegram Desktop would export it, and what is in it. */
export interface SampleChat {
  json: string;
  truth: SampleTruth;
}

/** The clock of the chat: Moscow, three hours ahead of UTC all year. */
const ZONE_MS = 3 * 3_600_000;

export const SAMPLE_NAME = "Dawn Coffee Club · Клуб «Рассвет»";

/**
 * Writes a lively, believable chat in two languages: questions with and without answers, newcomers, an evening with
 * the roaster that everybody came to, and a day on which sellers poured in. The same arguments give the same chat.
 * @param endsAt the moment of its last day, in milliseconds since 1970 UTC
 * @param days how many days it lasts, about 48 messages each
 */
export function sampleChat({
  endsAt,
  days = 62,
  seed = 7,
}: {
  endsAt: number;
  days?: number;
  seed?: number;
}): SampleChat {
  const story = new SampleDays(new Dice(seed), { endsAt, days, zoneMs: ZONE_MS });
  const lines = story.write().toSorted((a, b) => a.at - b.at);
  lines.forEach((line, place) => (line.id = 100 + place));
  const head = { name: SAMPLE_NAME, type: "public_supergroup", id: 2_100_345_678 };
  return { json: JSON.stringify({ ...head, messages: lines.map(exported) }, null, 1), truth: truthOf(lines) };
}

function exported(line: Line): object {
  const base = {
    id: line.id,
    type: line.service === undefined ? "message" : "service",
    date: new Date(line.at + ZONE_MS).toISOString().slice(0, 19),
    date_unixtime: String(Math.floor(line.at / 1000)),
  };
  if (line.service !== undefined)
    return { ...base, actor: line.author.name, actor_id: line.author.id, ...line.service, text: "", text_entities: [] };
  return {
    ...base,
    from: line.author.name,
    from_id: line.author.id,
    ...(line.replyTo?.id !== undefined && { reply_to_message_id: line.replyTo.id }),
    ...line.media,
    ...written(line.text),
    ...(line.reactions.length > 0 && { reactions: line.reactions.map((one) => ({ type: "emoji", ...one })) }),
  };
}

const address = /https:\/\/\S+/;

/** Telegram writes a text with an address in it as a list of pieces, and lists the pieces once more. */
function written(text: string): { text: unknown; text_entities: object[] } {
  const link = address.exec(text)?.[0];
  if (link === undefined) return { text, text_entities: text === "" ? [] : [{ type: "plain", text }] };
  const before = text.slice(0, text.indexOf(link));
  const entities = [
    { type: "plain", text: before },
    { type: "link", text: link },
  ];
  return { text: [before, { type: "link", text: link }, ""], text_entities: entities };
}

function truthOf(lines: readonly Line[]): SampleTruth {
  const messages = lines.filter((line) => line.service === undefined);
  const counts = new Map<string, number>();
  for (const { author } of messages) counts.set(author.name, (counts.get(author.name) ?? 0) + 1);
  const members = messages.filter(({ author }) => author.id.startsWith("user"));
  const top = [...counts]
    .filter(([name]) => members.some(({ author }) => author.name === name))
    .toSorted((a, b) => b[1] - a[1])[0];
  return {
    messages: messages.length,
    authors: new Set(messages.map(({ author }) => author.id)).size,
    members: new Set(members.map(({ author }) => author.id)).size,
    joined: lines.filter((line) => line.service?.action === "join_group_by_link").length,
    left: lines.filter((line) => line.service?.action === "remove_members").length,
    photos: messages.filter((line) => line.media !== undefined && "photo" in line.media).length,
    firstAt: messages[0]?.at ?? 0,
    lastAt: messages.at(-1)?.at ?? 0,
    topAuthor: { name: top?.[0] ?? "", messages: top?.[1] ?? 0 },
  };
}
