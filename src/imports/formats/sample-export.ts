import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sharedFolder } from "#src/base/testing/folder.ts";
import { openSource } from "../stream/source.ts";
import type { Choices, ResumePoint } from "./format.ts";
import { harvestOf as harvestOfSource } from "./sample-source.ts";
import { telegramDesktop } from "./telegram-desktop.ts";

/** Where the exports of the tests lie. */
export const folder = sharedFolder("telegram");

let files = 0;

/** Writes an export as Telegram Desktop would; answers with its path. */
export function write(root: object): string {
  const path = join(folder, `${files++}.json`);
  writeFileSync(path, JSON.stringify(root, null, 1));
  return path;
}

/** An export of one chat. */
export const chat = (messages: readonly object[], type = "private_supergroup") => ({
  name: "Hall",
  type,
  id: 777,
  messages,
});

/** What every item has. */
export const at = (id: number) => ({
  id,
  type: "message",
  date: "2024-01-01T00:00:00",
  date_unixtime: String(1_704_067_200 + id),
});
/** A message of Anna's. */
export const said = (id: number, more: object = {}) => ({
  ...at(id),
  from: "Anna",
  from_id: "user5",
  text: "hello",
  text_entities: [],
  ...more,
});
/** A service message about what Anna did. */
export const service = (id: number, more: object) => ({
  ...at(id),
  type: "service",
  actor: "Anna",
  actor_id: "user5",
  text: "",
  text_entities: [],
  ...more,
});

/** Everything that a reading of an export brings in. */
export async function harvestOf(path: string, more: Partial<Choices> = {}, resume?: ResumePoint) {
  return harvestOfSource(telegramDesktop, await openSource(path), { ...more, resume });
}
