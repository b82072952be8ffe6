import { expect, test } from "vitest";
import { provenCommunity } from "#src/base/community-id.ts";
import { newId } from "#src/base/ids.ts";
import { openSecrets } from "#src/base/secrets.ts";
import { isAnswered, newQuestion, type QuestionPlace } from "./question.ts";

const START = Date.UTC(2026, 10, 23);
const secrets = openSecrets(["o".repeat(40)]);
const camp: QuestionPlace = { community: provenCommunity(newId(START)), secrets, now: () => START };

test("a question is answered once, in time, in the community that put it, and nobody makes one themselves", () => {
  const answered = (place: QuestionPlace, change = (token: string): string => token): boolean => {
    const { token, first, second } = newQuestion(camp);
    return isAnswered(place, { token: change(token), answer: String(first + second) });
  };
  expect(answered(camp)).toBe(true);
  expect(answered({ ...camp, now: () => START + 30 * 60_000 })).toBe(true);
  expect(answered({ ...camp, now: () => START + 30 * 60_000 + 1 })).toBe(false);
  expect(answered({ ...camp, community: provenCommunity(newId(START + 1)) })).toBe(false);
  expect(answered(camp, (token) => token.replace(/[A-Za-z0-9_-]{43}$/, "A".repeat(43)))).toBe(false);
  const { token, first, second } = newQuestion(camp);
  const answer = String(first + second);
  expect([isAnswered(camp, { token, answer }), isAnswered(camp, { token, answer })]).toEqual([true, false]);
});
