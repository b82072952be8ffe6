import { expect, test } from "vitest";
import { dateToDay } from "#src/base/clock.ts";
import { dailyNumbers } from "./daily-numbers.ts";
import { cutEverywhere, foundIn, harvestOf, sourceOf } from "./sample-source.ts";

const read = async (text: string, name = "n.csv") => {
  const { harvests, skipped, messages } = await harvestOf(dailyNumbers, sourceOf({ [name]: text }));
  return { numbers: harvests.flatMap((each) => each.numbers), skipped, messages };
};

test("a table of days gives its numbers, with spaces or for the whole community", async () => {
  const text = 'date,channel,members,views\n2024-05-01,News,"1,204",300\n2024-05-02,,1 210,\n';
  const day = dateToDay("2024-05-01") ?? 0;
  expect(await read(text)).toEqual({
    numbers: [
      { metric: "members", space: "News", day, value: 1204 },
      { metric: "views", space: "News", day, value: 300 },
      { metric: "members", space: "", day: day + 1, value: 1210 },
    ],
    skipped: [],
    messages: [],
  });
});

test("a Russian table with semicolons and dots is read alike", async () => {
  const { numbers } = await read("Дата;Подписчики;Охват\n01.05.2024;1 204;95\n");
  expect(numbers.map(({ metric, value }) => [metric, value])).toEqual([
    ["members", 1204],
    ["reach", 95],
  ]);
});

test("a hostile table costs its bad rows alone", async () => {
  const rows = [
    "2024-02-30,5",
    "1999-01-01,5",
    "2124-01-01,5",
    "2024-05-01,-5",
    "2024-05-01,=1+1",
    "2024-05-01,99999999999999999999",
    "2024-05-01,5,6,7",
    "2024-05-02,7",
  ];
  const { numbers, skipped } = await read(`day,members\n${rows.join("\n")}\n`);
  expect(skipped).toEqual([
    "no-date",
    "impossible-date",
    "impossible-date",
    "no-number",
    "no-number",
    "no-number",
    "wrong-columns",
  ]);
  expect(numbers.map(({ value }) => value)).toEqual([7]);
});

test("it is the same wherever the stream is cut and wherever a reading goes on", async () => {
  const files = { "n.csv": "дата,участники\n2024-05-01,5\n2024-05-02,6\n2024-05-03,x\n" };
  const whole = foundIn(await harvestOf(dailyNumbers, sourceOf(files)));
  expect(whole.numbers).toHaveLength(2);
  await cutEverywhere(dailyNumbers, files, (how, found) => expect({ how, ...found }).toEqual({ how, ...whole }));
});

test("a table of messages is none, whatever else it holds", () => {
  const recognise = (text: string) => dailyNumbers.recognise({ name: "x.csv", text, parts: ["x.csv"] });
  expect(recognise("date,members\n")).toEqual({ needsTimeZone: false });
  expect(recognise("date,author,text,views\n")).toBeUndefined();
  expect(recognise("date,user,views\n")).toBeUndefined();
  expect(recognise("date,clicks\n")).toBeUndefined();
});
