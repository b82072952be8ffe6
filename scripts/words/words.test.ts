import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Locale } from "../../src/base/locale.ts";
import { readWords, writeWords } from "../words.ts";

const plural = (match: Record<string, string>) => [
  { declarations: ["input count", "local form = count: plural"], selectors: ["form"], match },
];

let folder = "";
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "words-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function given(feature: string, en: object, ru: object) {
  mkdirSync(join(folder, feature, "words"), { recursive: true });
  writeFileSync(join(folder, feature, "words", "en.json"), JSON.stringify(en));
  writeFileSync(join(folder, feature, "words", "ru.json"), JSON.stringify(ru));
  return readWords(folder);
}

type Speak = (key: string, inputs: object, locale: Locale) => string;

async function speakerOf(target: string): Promise<Speak> {
  // Modules made a moment ago have no types; what they promise is what is tested.
  const made = (await import(join(target, "messages.ts"))) as { m: Record<string, (i: object, o: object) => string> };
  return (key, inputs, locale) => made.m[key]?.(inputs, { locale }) ?? "";
}

describe("the words of the interface", () => {
  test("a sentence that exists in one language only stops the build", () => {
    expect(given("members", { members_title: "Members" }, {}).faults).toEqual([
      "members: members_title is missing in ru",
      "not one sentence was found",
    ]);
  });

  test("a folder without a single sentence stops the build instead of passing silently", () => {
    expect(given("members", {}, {}).faults).toEqual(["not one sentence was found"]);
  });

  test("a name that stands in quotation marks bears the inner ones", async () => {
    const en = { members_at: "Writes in “{space}” of {club}" };
    const ru = { members_at: "Пишет в «{space}» клуба {club}" };
    const target = join(import.meta.dirname, "..", "..", ".generated", `words-test-quotes-${process.pid}`);
    writeWords(given("members", en, ru).entries, target);
    try {
      const say = await speakerOf(target);
      const club = { space: "Клуб «Рассвет»", club: "«Рассвет»" };
      expect(say("members_at", club, "ru")).toBe("Пишет в «Клуб „Рассвет“» клуба «Рассвет»");
      const dawn = { space: "The “Dawn”", club: "“Dawn”" };
      expect(say("members_at", dawn, "en")).toBe("Writes in “The ‘Dawn’” of “Dawn”");
    } finally {
      rmSync(target, { recursive: true });
    }
  });

  test("both languages name the same things", () => {
    const { faults } = given("members", { members_hello: "Hello, {name}" }, { members_hello: "Здравствуйте, {имя}" });
    expect(faults).toEqual(["members: members_hello: English takes {name}, Russian takes {}"]);
  });

  test("Russian has all its plural forms", () => {
    const en = { members_seen: plural({ "form=one": "{count} member", "form=other": "{count} members" }) };
    const ru = { members_seen: plural({ "form=one": "{count} участник", "form=other": "{count} участника" }) };
    expect(given("members", en, ru).faults).toEqual([
      "members: members_seen: ru lacks the plural forms few, many of form",
    ]);
  });

  test("English left in Russian is found, names and code are not mistaken for it", () => {
    const { faults } = given(
      "members",
      { members_one: "Import history", members_two: "Drop result.json of Telegram", members_three: "Press Ctrl and K" },
      {
        members_one: "Import истории",
        members_two: "Перетащите result.json из Telegram",
        members_three: "Нажмите Ctrl и K",
      },
    );
    expect(faults).toEqual(["members: members_one: ru keeps English: Import"]);
  });

  test("a key starts with the name of its feature", () => {
    expect(given("content-plan", { plan_title: "Plan" }, { plan_title: "План" }).faults).toEqual([
      'content-plan: plan_title: a key of this feature starts with "content_plan_" or "refusal_content_plan_"',
    ]);
  });

  test("compiled sentences say numbers and plural forms the reader's way", async () => {
    const en = {
      members_seen: plural({ "form=one": "{count} member", "form=other": "{count} members" }),
      members_brace: "A \\{ is a brace, {name} is not",
    };
    const ru = {
      members_seen: plural({
        "form=one": "{count} участник",
        "form=few": "{count} участника",
        "form=many": "{count} участников",
        "form=other": "{count} участника",
      }),
      members_brace: "Знак \\{ это скобка, {name} нет",
    };
    const target = join(import.meta.dirname, "..", "..", ".generated", `words-test-${process.pid}`);
    writeWords(given("members", en, ru).entries, target);
    try {
      const say = await speakerOf(target);
      expect(say("members_seen", { count: 1 }, "en")).toBe("1 member");
      expect([1, 2, 5, 21, 12_345].map((count) => say("members_seen", { count }, "ru"))).toEqual([
        "1 участник",
        "2 участника",
        "5 участников",
        "21 участник",
        "12\u202F345 участников",
      ]);
      expect(say("members_brace", { name: "Anna" }, "en")).toBe("A { is a brace, Anna is not");
    } finally {
      rmSync(target, { recursive: true });
    }
  });
});
