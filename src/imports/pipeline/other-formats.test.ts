import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planImport } from "../actions.ts";
import { previewSchema } from "../model.ts";
import { previewFile } from "./preview.ts";
import { folder } from "./sample-history.ts";

const now = Date.UTC(2026, 0, 1);
const preview = async (path: string, more = {}) =>
  previewSchema.parse(
    await previewFile(path, path.split("/").at(-1) ?? "", { timeZone: "Europe/Moscow", now, ...more }),
  );

test("a chat whose dates could be read either way is shown as guessed, and asks", async () => {
  const path = join(folder, "WhatsApp Chat with Camp.txt");
  writeFileSync(path, "1/2/23, 10:00 - otter: one\n1/3/23, 10:00 - otter: two\n");
  const guessed = await preview(path);
  expect(guessed).toMatchObject({
    format: "whatsapp",
    messages: 2,
    dates: { order: "day-first", isGuess: true },
    firstAt: "2023-02-01T07:00:00.000Z",
  });
  expect(guessed.warnings.map(({ code }) => code)).toEqual(["date-order", "time-zone"]);
  const wish = { path, name: "WhatsApp Chat with Camp.txt", timeZone: "UTC", now };
  await expect(planImport(wish)).rejects.toMatchObject({ code: "imports.which-dates" });
  expect((await planImport({ ...wish, dateOrder: "day-first" })).options).toMatchObject({ dateOrder: "day-first" });
  const chosen = await preview(path, { dateOrder: "month-first" });
  expect(chosen).toMatchObject({ dates: { order: "month-first" }, firstAt: "2023-01-02T07:00:00.000Z" });
});

test("a folder of channels is looked into before anything is stored, conversations between people marked", async () => {
  const home = join(folder, "server");
  mkdirSync(home);
  const channel = (id: string, type: string) => ({
    guild: { id: "1", name: "Camp" },
    channel: { id, type, name: `channel ${id}` },
    messages: [
      {
        id: "1234567890123456789",
        type: "Default",
        timestamp: "2023-08-05T10:00:00+00:00",
        content: "hi",
        author: { id: "5", name: "otter", isBot: false },
      },
    ],
  });
  writeFileSync(join(home, "a.json"), JSON.stringify(channel("11", "GuildTextChat")));
  writeFileSync(join(home, "b.json"), JSON.stringify(channel("12", "DirectTextChat")));
  const seen = await preview(home);
  expect(seen).toMatchObject({ format: "discord", complete: true, messages: 1, dates: null, spaceCount: 2 });
  expect(Object.fromEntries(seen.spaces.map(({ name, isPrivate }) => [name, isPrivate]))).toEqual({
    "channel 11": false,
    "channel 12": true,
  });
  expect(seen.warnings.map(({ code }) => code)).toEqual(["private-chats"]);
});
