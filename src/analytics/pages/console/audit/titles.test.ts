import { expect, test } from "vitest";
import { inLocale } from "#words/runtime";
import type { Figure } from "../../../model.ts";
import { aliveTitle, carriersTitle, growthTitle, newcomersTitle, questionsTitle, spacesTitle } from "./titles.ts";

const reader = { locale: "en", timeZone: "UTC" } as const;
const thin = (text: string) => text.replaceAll(/[\u00A0\u202F]/g, " ");

function audit(metric: string, value: number | undefined, more: Partial<Figure> = {}) {
  const figure: Figure = {
    metric,
    unit: "members",
    better: "more",
    trend: [],
    ...(value === undefined ? {} : { value }),
    ...more,
  };
  return { figures: [figure] };
}

test("growing, shrinking and staying are told with the share", () => {
  const title = (value: number, before: number) =>
    thin(growthTitle(audit("active-members", value, { before }), reader));
  expect(title(1284, 1178)).toBe("1,284 people wrote, 9 % more than in the period before");
  expect(title(652, 1279)).toBe("652 people wrote, 49 % fewer than in the period before");
  expect(title(100, 98)).toBe("100 people wrote, about as many as in the period before");
});

test("of a handful of people no percentage is told", () => {
  expect(growthTitle(audit("active-members", 6, { before: 3 }), reader)).toBe(
    "6 people wrote; in the period before, 3",
  );
});

test("a quiet period is said to be quiet", () => {
  expect(growthTitle(audit("active-members", 0), reader)).toBe("Nobody wrote in this period");
});

test("one person who writes half of everything is one person", () => {
  expect(carriersTitle(audit("half-from", 1))).toBe("Half of all messages come from one person");
  expect(carriersTitle(audit("half-from", 70))).toBe("Half of all messages come from 70 people");
});

test("among a handful of messages nobody carries anything", () => {
  const few = { figures: [...audit("half-from", 2).figures, ...audit("messages", 10).figures] };
  expect(carriersTitle(few)).toBe("Too few people wrote to say who carries it");
});

test("a share that moved is told with what it was, one that hardly moved is not", () => {
  const title = (before: number) =>
    thin(newcomersTitle(audit("newcomers-answered", 0.43, { unit: "share", before }), reader));
  expect(title(0.61)).toBe("43 % of first messages got an answer within a day; it was 61 % before");
  expect(title(0.42)).toBe("43 % of first messages got an answer within a day");
});

test("a history without replies is not blamed for silence", () => {
  const silent = { ...audit("newcomers-answered", undefined, { silence: "no-replies" }) };
  expect(newcomersTitle(silent, reader)).toBe("This history does not show who answered whom");
  const asked = audit("questions", 972).figures;
  const questions = {
    figures: [...asked, ...audit("questions-answered", undefined, { silence: "no-replies" }).figures],
  };
  expect(questionsTitle(questions, reader)).toBe("972 questions; whether they were answered is not known");
});

test("two evenings equally lively are named together", () => {
  const evening = (weekday: number, share: number) => ({ weekday, fromHour: 19, toHour: 22, share });
  expect(aliveTitle({ lively: [evening(1, 0.1), evening(3, 0.095)] })).toBe(
    "Most alive on Tuesday and Thursday, 19 to 22",
  );
  expect(aliveTitle({ lively: [evening(1, 0.1), evening(3, 0.05)] })).toBe("Most alive on Tuesday, 19 to 22");
  expect(inLocale("ru", () => aliveTitle({ lively: [evening(1, 0.1), evening(2, 0.1)] }))).toBe(
    "Живее всего во вторник и в среду, с 19 до 22",
  );
});

test("Russian counts people by the rules of Russian", () => {
  const title = (count: number) => inLocale("ru", () => carriersTitle(audit("half-from", count)));
  expect(title(1)).toBe("Половину всех сообщений написал 1 человек");
  expect(title(22)).toBe("Половину всех сообщений написали 22 человека");
  expect(title(70)).toBe("Половину всех сообщений написали 70 человек");
});

test("of many spaces the three largest are told, of few the largest", () => {
  const spaces = (count: number) =>
    Array.from({ length: count }, (_, place) => ({
      space: { id: `${place}`, name: `${place}` },
      messages: 10,
      members: 1,
      questions: 0,
    }));
  expect(thin(spacesTitle({ spacesCompared: spaces(10) }, reader))).toBe(
    "Three of 10 spaces hold 30 % of the messages",
  );
  expect(thin(spacesTitle({ spacesCompared: spaces(4) }, reader))).toBe(
    "The largest of 4 spaces holds 25 % of the messages",
  );
  expect(spacesTitle({ spacesCompared: spaces(1) }, reader)).toBe("Everything happens in one space");
});
