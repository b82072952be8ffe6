import { expect, test } from "vitest";
import type { MessagesBehind } from "../../../model.ts";
import { membersOf, messagesOf, readEvidence, writeEvidence, type Evidence } from "./evidence.ts";

const person = "0190a1b2-0000-7000-8000-000000000001";
const lists: MessagesBehind[] = [
  { kind: "all" },
  { kind: "hour", weekday: 0, hour: 0 },
  { kind: "domain", domain: "shop.example:8080" },
  { kind: "language", language: "ru" },
  { kind: "emoji", emoji: "👍🏽" },
  { kind: "day", day: "2026-11-29" },
  { kind: "member", member: person },
  { kind: "message-kind", messageKind: "voice" },
  { kind: "unanswered-questions" },
];
const everything: Evidence[] = [...lists.map(messagesOf), membersOf("new"), membersOf("one-message")];

test("every list behind a number can be linked to and found again", () => {
  for (const evidence of everything) expect(readEvidence(writeEvidence(evidence))).toEqual(evidence);
});

test("an address that names no list is not taken for one", () => {
  const wrong = ["", "nothing", "members:robots", "hour:7:1", "hour:1", "hour::", "member:anna", "day:yesterday"];
  for (const text of wrong) expect(readEvidence(text)).toBeUndefined();
});
