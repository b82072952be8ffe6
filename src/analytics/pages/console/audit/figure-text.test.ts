import { expect, test } from "vitest";
import { inLocale } from "#words/runtime";
import type { Figure } from "../../../model.ts";
import { changeText, shareText, toneOf, valueText } from "./figure-text.ts";

const reader = { locale: "en", timeZone: "UTC" } as const;
const thin = (text: string | undefined) => text?.replaceAll("\u202F", " ");

function figure(unit: Figure["unit"], value?: number, before?: number): Figure {
  return {
    metric: "some",
    unit,
    better: unit === "seconds" ? "less" : "more",
    trend: [],
    ...(value === undefined ? { silence: "too-few" as const } : { value }),
    ...(before === undefined ? {} : { before }),
  };
}

test("shares are whole percent, and small ones keep a digit", () => {
  expect(thin(shareText(0.4871, reader))).toBe("49 %");
  expect(thin(shareText(0.0532, reader))).toBe("5.3 %");
  expect(thin(shareText(0, reader))).toBe("0 %");
  expect(thin(shareText(0.0001, reader))).toBe("< 0.1 %");
});

test("waiting is told in hours and minutes", () => {
  expect(thin(valueText(figure("seconds", 9600), reader))).toBe("2 h 40 min");
  expect(thin(valueText(figure("seconds", 1641), reader))).toBe("27 min");
  expect(thin(valueText(figure("seconds", 95), reader))).toBe("1 min 35 s");
});

test("a figure nobody can know is a dash with its reason", () => {
  expect(valueText(figure("share"), reader)).toBe("–");
  expect(changeText(figure("share"), reader)).toBe("too few to say");
});

test("a million is short, below it every digit is shown", () => {
  expect(valueText(figure("members", 999_999), reader)).toBe("999,999");
  expect(valueText(figure("members", 1_250_000), reader)).toMatch(/^1\.3M$/i);
});

test("growth is percent, but of a handful of people both numbers are told", () => {
  expect(thin(changeText(figure("members", 109, 100), reader))).toBe("+9 %");
  expect(changeText(figure("members", 4, 2), reader)).toBe("it was 2");
  expect(changeText(figure("members", 7, 0), reader)).toBe("nothing before");
});

test("shares move by points and waiting by time", () => {
  expect(thin(changeText(figure("share", 0.15, 0.19), reader))).toBe("−4 points");
  expect(thin(changeText(figure("seconds", 12_900, 9600), reader))).toBe("+55 min");
  expect(changeText(figure("seconds", 9610, 9600), reader)).toBe("no change");
});

test("waiting longer is bad, answering more is good, and what did not move is neither", () => {
  expect(toneOf(figure("seconds", 12_900, 9600))).toBe("bad");
  expect(toneOf(figure("share", 0.8, 0.7))).toBe("good");
  expect(toneOf(figure("members", 1000, 1001))).toBe("even");
  expect(toneOf({ ...figure("members", 5, 9), better: "neither" })).toBe("even");
});

test("a Russian reader gets Russian words and signs", () => {
  const russian = { locale: "ru", timeZone: "UTC" } as const;
  const text = inLocale("ru", () => changeText(figure("share", 0.15, 0.19), russian));
  expect(text?.replaceAll(/[\u00A0\u202F]/g, " ")).toBe("−4 п. п.");
  expect(inLocale("ru", () => changeText(figure("members", 4, 2), russian))).toBe("было 2");
});
