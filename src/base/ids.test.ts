import { expect, test } from "vitest";
import { idAt, messageId, newId, timeOfId } from "./ids.ts";

const SPACE = "01a20363-7e93-7672-9bd8-28a824643b35";
const SENT = 1_700_000_000_123;

test("a message has the id for ever under which it was once stored", () => {
  expect(messageId(SENT, SPACE, "42")).toBe("018bcfe5-687b-7b91-a0d9-72d4a7fb316e");
  expect(timeOfId(messageId(SENT, SPACE, "42"))).toBe(SENT);
  expect(messageId(SENT, SPACE, "43")).not.toBe(messageId(SENT, SPACE, "42"));
});

test("nothing sent in a millisecond comes before its smallest id, and whatever was sent before it does", () => {
  expect(idAt(SENT + 0.9)).toBe("018bcfe5-687b-7000-8000-000000000000");
  expect(idAt(-5)).toBe("00000000-0000-7000-8000-000000000000");
  expect(idAt(SENT) <= messageId(SENT, SPACE, "42")).toBe(true);
  expect(messageId(SENT - 1, SPACE, "42") < idAt(SENT)).toBe(true);
});

test("ids made in one millisecond are all different, and later ones sort behind them", () => {
  const made = Array.from({ length: 1000 }, () => newId(SENT));
  expect(new Set(made).size).toBe(1000);
  expect(made.every((id) => id < newId(SENT + 1) && timeOfId(id) === SENT)).toBe(true);
});
