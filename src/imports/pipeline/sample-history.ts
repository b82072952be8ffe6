import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sharedFolder } from "#src/base/testing/folder.ts";

/** Where the files of the tests lie. */
export const folder = sharedFolder("import");

/** Unix time of the beginning, in seconds; message n is sent n minutes later. */
export const START = Date.UTC(2024, 0, 1) / 1000;

/** One message of an export: fifty people, every tenth a question, every third an answer, every seventh with reactions. */
export function message(id: number): object {
  const unix = START + id * 60;
  const text = id % 10 === 0 ? "Как настроить доставку?" : `message number ${id}`;
  return {
    id,
    type: "message",
    date: new Date(unix * 1000).toISOString().slice(0, 19),
    date_unixtime: String(unix),
    from: `Person ${id % 50}`,
    from_id: `user${id % 50}`,
    ...(id > 5 && id % 3 === 0 ? { reply_to_message_id: id - 5 } : {}),
    text,
    text_entities: [{ type: "plain", text }],
    ...(id % 7 === 0 ? { reactions: [{ type: "emoji", count: 2, emoji: "👍" }] } : {}),
  };
}

/** Writes the export of one chat with the messages from `from` up to but not including `to`. */
export function telegramFile(name: string, from: number, to: number): string {
  const messages = Array.from({ length: to - from }, (_, i) => message(from + i));
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ name: "Hall", type: "public_supergroup", id: 777, messages }, null, 1));
  return path;
}
