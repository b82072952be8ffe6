import { expect, test } from "vitest";
import type { IncomingMessage } from "./model.ts";
import { plain } from "./packed.ts";
import { sent } from "./testing/sent.ts";

const anna = { externalId: "1", name: "anna", username: "an", kind: "person" } as const;
const bot = { externalId: "2", kind: "bot" } as const;
const START = Date.UTC(2026, 0, 10, 12);

const bare: IncomingMessage = {
  spaceExternalId: "hall",
  externalId: "10",
  sentAt: START,
  author: anna,
  kind: "text",
  text: "",
  isQuestion: false,
  links: [],
  reactions: [],
};

const full: IncomingMessage = {
  ...bare,
  spaceExternalId: "yard",
  externalId: "11",
  sentAt: START + 1500,
  editedAt: START + 99_000,
  author: bot,
  kind: "poll",
  text: "ёлка\t«и» 🎉\\N\n?",
  language: "ru",
  isQuestion: true,
  links: [
    { domain: "a.example", url: "https://a.example/1" },
    { domain: "b.example", url: "https://b.example/2" },
  ],
  replyToExternalId: "10",
  forwardedFrom: "",
  reactions: [
    { emoji: "👍", count: 3, by: [{ member: anna, at: START }, { member: bot }] },
    { emoji: "🔥", count: 1 },
    { emoji: "🎉", count: 2, by: [] },
    { emoji: "❤", count: 1, by: [{ member: bot, at: START + 5 }] },
  ],
  details: { options: [{ text: "да", voters: 2 }] },
};

test("a message that one thread handed to another is what it was, to its last field", () => {
  const messages = [
    full,
    bare,
    { ...full, externalId: "12", reactions: [] },
    { ...bare, author: bot, text: "x".repeat(20_000) },
  ];
  expect(sent(messages).map(plain)).toEqual(messages);
  // Packed a second time it is still the same.
  expect(sent(sent(messages)).map(plain)).toEqual(messages);
  expect(JSON.parse(JSON.stringify(sent([full])))).toEqual([JSON.parse(JSON.stringify(full))]);
  expect(sent([])).toEqual([]);
});
