import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { processorMs, RUNAWAY_MS } from "#src/base/testing/processor-time.ts";
import { z } from "zod";
import { languageOf } from "./language.ts";
import { distinctLinks, LINKS_PER_MESSAGE, linksOf } from "./links.ts";
import { isQuestion } from "./question.ts";

const DATA = "../shared/data/";

function linesOf<T extends z.ZodType>(file: string, shape: T): z.output<T>[] {
  const lines = gunzipSync(readFileSync(DATA + file))
    .toString()
    .split("\n");
  return lines.filter((line) => line !== "").map((line) => shape.parse(JSON.parse(line)));
}

describe("a question", () => {
  test.for([
    "How do I install this?",
    "hi all, does anyone know a good keyboard",
    "Anna: can you help me with the form",
    "what is the difference between the two plans",
    "Подскажите, пожалуйста, где найти договор",
    "Добрый день! Как оформить возврат",
    "А есть ли скидка для студентов",
    "кто-нибудь пробовал новую версию",
    "Работает ли доставка в воскресенье",
    "Почему так дорого?",
    "Нашёл в документации https://example.com/a?b=1 но как это включить?",
    "We have moved to the new office. how do I get there",
  ])("is heard in: %s", (text) => {
    expect(isQuestion(text)).toBe(true);
  });

  test.for([
    "https://example.com/search?q=как+дела",
    "see www.example.com/?page=2 for more",
    "really?!",
    "да?",
    "?",
    "???",
    "Как всегда, всё отлично",
    "Как написал Иван, всё просто",
    "It works now, thanks!",
    "I know how it works",
    "run `test ?` and be happy",
    "```\nif it rains then what ?\n```",
    "> who is there?\nIvan wrote this",
    "спасибо за ответ",
    "",
  ])("is not heard in: %s", (text) => {
    expect(isQuestion(text)).toBe(false);
  });

  test.skipIf(!existsSync(`${DATA}irc_ubuntu_train.jsonl.gz`))(
    "that people marked as opening a conversation is recognised 95 times of 100",
    () => {
      const events = z.array(z.object({ i: z.number(), text: z.string().optional() }));
      const questions = z.array(z.object({ i: z.number() }));
      const talks = linesOf("irc_ubuntu_train.jsonl.gz", z.object({ events, questions }));
      const asked = talks.flatMap((talk) => {
        const marked = new Set(talk.questions.map((question) => question.i));
        return talk.events.filter((event) => marked.has(event.i)).map((event) => event.text ?? "");
      });
      expect(asked.length).toBeGreaterThan(500);
      expect(asked.filter(isQuestion).length / asked.length).toBeGreaterThan(0.95);
    },
  );
});

describe("the language of a message", () => {
  test.for([
    ["Как настроить доставку?", "ru"],
    ["Привет всем", "ru"],
    ["Дякую за допомогу", "uk"],
    ["все добре і гарно", "uk"],
    ["Прывітанне, дзе можна спытаць", "be"],
    ["Здравей, как си", "bg"],
    ["Бұл топ өте жақсы, рақмет", "kk"],
    ["how do i install this", "en"],
    ["I think so", "en"],
    ["Wie geht es dir heute", "de"],
    ["Merci beaucoup pour votre aide", "fr"],
    ["Hola, ¿cómo te llamas?", "es"],
    ["Dzięki, już działa", "pl"],
    ["ありがとう、助かりました", "ja"],
    ["東京都庁に行", "ja"],
    ["안녕하세요", "ko"],
    ["你好", "zh"],
    ["გამარჯობა", "ka"],
  ] as const)("of “%s” is %s", ([text, language]) => {
    expect(languageOf(text)).toBe(language);
  });

  test.for([
    "",
    "+++",
    "👍",
    "12:30",
    "https://example.com/the/and/you",
    "@the_and_you",
    "`const x = the`",
    "xyz qwrt",
    "и за",
  ])("of “%s” is not told", (text) => {
    expect(languageOf(text)).toBeUndefined();
  });

  test.skipIf(!existsSync(`${DATA}ru_ham_monalenka.jsonl.gz`))("is right for real chats in Russian and English", () => {
    const share = (file: string, wanted: string): number => {
      const told = linesOf(file, z.object({ text: z.string() })).map(({ text }) => languageOf(text));
      const wrong = told.filter((language) => language !== wanted && language !== undefined).length;
      expect(wrong / told.length).toBeLessThan(0.05);
      return told.filter((language) => language === wanted).length / told.length;
    };
    expect(share("ru_ham_monalenka.jsonl.gz", "ru")).toBeGreaterThan(0.95);
    // The rest are lines of code, single names and talk in other languages.
    expect(share("chat_fcc_gitter.jsonl.gz", "en")).toBeGreaterThan(0.72);
  });
});

describe("the links of a message", () => {
  const domains = (text: string) => linksOf(text).map((link) => link.domain);

  test("are found with their domains, without www and in their own letters", () => {
    expect(domains("see https://www.Example.com/a?b=1, (http://пример.рф/путь) and www.shop.example.")).toEqual([
      "example.com",
      "пример.рф",
      "shop.example",
    ]);
    expect(linksOf("https://en.wikipedia.org/wiki/Set_(mathematics).")[0]?.url).toBe(
      "https://en.wikipedia.org/wiki/Set_(mathematics)",
    );
    expect(linksOf("(see https://a.example/b)")[0]?.url).toBe("https://a.example/b");
  });

  test("are only those of the web", () => {
    expect(domains("javascript:alert(1) ftp://example.com data:text/html,x http:// https://[bad tg://resolve")).toEqual(
      [],
    );
    // Platforms mark more than that as links.
    expect(distinctLinks(["ftp://example.com/a", "javascript:alert(1)", "mailto:a@example.com"])).toEqual([]);
  });

  test("count once each and up to a limit", () => {
    expect(domains("https://a.example https://a.example")).toEqual(["a.example"]);
    expect(linksOf(Array.from({ length: 50 }, (_, i) => `https://a.example/${i}`).join(" "))).toHaveLength(
      LINKS_PER_MESSAGE,
    );
  });
});

test("looking at a message takes microseconds, even when it is made to take long", () => {
  const nasty = [
    "?".repeat(100_000),
    "как ".repeat(30_000),
    "привет ".repeat(20_000),
    "a:".repeat(50_000),
    "http://".repeat(20_000),
    "i".repeat(100_000),
    "(".repeat(50_000),
    `https://a.example/${")".repeat(2000)}`,
    "`".repeat(99_999),
    "какой ".repeat(30_000),
    "every one, ".repeat(9_000),
  ];
  const readAll = (): void => {
    for (const text of nasty) void [isQuestion(text), languageOf(text), linksOf(text)];
  };
  expect(processorMs(readAll)).toBeLessThan(RUNAWAY_MS);
});
