import { describe, expect, test } from "vitest";
import { cutEverywhere, foundIn, harvestOf, sourceOf } from "./sample-source.ts";
import { whatsapp } from "./whatsapp.ts";

const NAME = "WhatsApp Chat with Camp.txt";
const LRM = "\u200e";

const read = (text: string, more = {}, name = NAME) => harvestOf(whatsapp, sourceOf({ [name]: text }), more);
const recognise = (text: string) => whatsapp.recognise({ name: NAME, text, parts: [NAME] });
const written = async (text: string, more = {}) =>
  (await read(text, more)).messages.map((each) => [new Date(each.sentAt).toISOString(), each.author.name, each.text]);

describe("every way a phone writes a line is understood", () => {
  test.each([
    ["Android, Russian", "31.12.2023, 23:59 - Выдра: Привет", "2023-12-31T23:59:00.000Z", "Выдра", "Привет"],
    ["Android, Britain", "31/12/2023, 23:59 - otter: hi", "2023-12-31T23:59:00.000Z", "otter", "hi"],
    ["Android, America", "12/31/23, 11:59\u202fPM - otter: hi", "2023-12-31T23:59:00.000Z", "otter", "hi"],
    ["Android, India", "31/12/23, 12:05 am - otter: hi", "2023-12-31T00:05:00.000Z", "otter", "hi"],
    ["Android, Spain", "31/12/23, 11:59 p.\u00a0m. - otter: hi", "2023-12-31T23:59:00.000Z", "otter", "hi"],
    ["Android, Sweden", "2023-12-31, 23:59 - otter: hi", "2023-12-31T23:59:00.000Z", "otter", "hi"],
    ["iPhone, Russian", "[31.12.2023, 23:59:58] Выдра: Привет", "2023-12-31T23:59:58.000Z", "Выдра", "Привет"],
    [
      "iPhone, Russian, halves of the day",
      "[31.12.23, 11:59:58 ПП] Выдра: Привет",
      "2023-12-31T23:59:58.000Z",
      "Выдра",
      "Привет",
    ],
    ["iPhone, America", `${LRM}[12/31/23, 12:00:01 AM] otter: hi`, "2023-12-31T00:00:01.000Z", "otter", "hi"],
    ["iPhone, Finland", "[31.12.2023 klo 14.08.18] otter: hi", "2023-12-31T14:08:18.000Z", "otter", "hi"],
  ])("%s", async (...[, line, ...found]) => {
    expect(await written(line)).toEqual([found]);
  });

  test("times are those of the phone's zone", async () => {
    const line = "31.12.2023, 23:59 - Выдра: Привет";
    expect((await written(line, { timeZone: "Europe/Moscow" }))[0]?.[0]).toBe("2023-12-31T20:59:00.000Z");
  });

  test("numbers of strangers and direction marks around names are read as people write them", async () => {
    const line = "31.12.2023, 23:59 - \u202a~\u00a0+7\u00a0999\u00a0123-45-67\u202c: Привет";
    expect((await written(line))[0]?.[1]).toBe("+7 999 123-45-67");
  });
});

describe("the order of day and month", () => {
  const order = (...lines: string[]) => recognise(lines.join("\n"))?.dates;

  test("is certain where a number is above 12 or dots are written", () => {
    expect(order("01/02/23, 10:00 - a: x", "13/02/23, 10:00 - a: x")).toEqual({ order: "day-first", isGuess: false });
    expect(order("01/02/23, 10:00 - a: x", "01/13/23, 10:00 - a: x")).toEqual({ order: "month-first", isGuess: false });
    expect(order("01.02.23, 10:00 - a: x")).toEqual({ order: "day-first", isGuess: false });
    expect(order("2023/02/01, 10:00 - a: x")).toEqual({ order: "year-first", isGuess: false });
  });

  test("is guessed by how evenly time runs, and said to be a guess, where it could be either", () => {
    expect(order("1/2/23, 10:00 - a: x")).toEqual({ order: "day-first", isGuess: true });
    expect(order("1/12/23, 10:00 - a: x", "2/1/23, 10:00 - a: x", "2/3/23, 10:00 - a: x")).toEqual({
      order: "month-first",
      isGuess: true,
    });
  });

  test("is what a person says it is", async () => {
    const line = "01/02/23, 10:00 - otter: hi";
    expect((await written(line, { dateOrder: "month-first" }))[0]?.[0]).toBe("2023-01-02T10:00:00.000Z");
    expect((await written(line, { dateOrder: "day-first" }))[0]?.[0]).toBe("2023-02-01T10:00:00.000Z");
  });
});

describe("messages", () => {
  test("go on over several lines, blank ones too, until the next begins", async () => {
    const text = "31.12.2023, 23:58 - Выдра: Список:\r\n\r\n- палатка\r\n[вот так]\r\n31.12.2023, 23:59 - Рысь: ок\r\n";
    expect((await written(text)).map(([, , said]) => said)).toEqual(["Список:\n\n- палатка\n[вот так]", "ок"]);
  });

  test("keep lines that somebody pasted from a chat of another form", async () => {
    const text =
      "31.12.2023, 23:58 - Выдра: Смотри\n[31.12.2023, 23:57:00] Рысь: чужое\n31/12/2023, 23:57 - Рысь: чужое";
    expect(await written(text)).toHaveLength(1);
  });

  test("that are alike in the same minute are as many as were written, and the same again next time", async () => {
    const text = "31.12.2023, 23:58 - Выдра: +\n31.12.2023, 23:58 - Выдра: +\n31.12.2023, 23:59 - Выдра: +";
    const ids = (await read(text)).messages.map(({ externalId }) => externalId);
    expect(new Set(ids).size).toBe(3);
    expect((await read(text)).messages.map(({ externalId }) => externalId)).toEqual(ids);
  });

  test.each([
    ["<Media omitted>", "other", ""],
    ["<Без медиафайлов>", "other", ""],
    [`${LRM}image omitted`, "photo", ""],
    [`${LRM}стикер отсутствует`, "sticker", ""],
    [`${LRM}<attached: 00000012-PHOTO-2023-12-31-23-59-00.jpg>`, "photo", ""],
    ["IMG-20231231-WA0001.jpg (file attached)\nOur tents", "photo", "Our tents"],
    ["PTT-20231231-WA0002.opus (файл добавлен)", "voice", ""],
    [`plan.pdf • ${LRM}5 pages ${LRM}document omitted`, "file", ""],
    ["location: https://maps.google.com/?q=1,2", "location", ""],
    [`${LRM}ОПРОС:\nКуда едем?\n${LRM}ВАРИАНТ: Лес (2 голоса)`, "poll", "Куда едем?"],
    [`see you ${LRM}<This message was edited>`, "text", "see you"],
  ])("of other kinds are told apart: %s", async (said, kind, text) => {
    const { messages } = await read(`[31.12.2023, 23:59:00] Выдра: ${said}`);
    expect(messages.map((each) => [each.kind, each.text])).toEqual([[kind, text]]);
  });
});

describe("the app's own sentences", () => {
  test("tell who came and went, in English and Russian", async () => {
    const notices = [
      "otter joined using this group's invite link",
      "lynx added beaver",
      "lynx added mole, owl and fox",
      "beaver left",
      "otter removed mole",
      "~ Бобёр присоединился(-ась) к группе по ссылке-приглашению",
      "Рысь добавил(-а) Крота",
      "Бобёр добавлен(-а)",
      "Крот вышел(-ла)",
      "Рысь удалил(-а) Сову",
    ];
    const { moves, messages } = await read(notices.map((each) => `31.12.2023, 23:59 - ${each}`).join("\n"));
    expect(moves.map(({ kind, name, member }) => [kind, name, member !== undefined])).toEqual([
      ["joined", "otter", true],
      ["joined", "beaver", true],
      ["joined", "mole, owl and fox", false],
      ["left", "beaver", true],
      ["removed", "mole", true],
      ["joined", "Бобёр", true],
      ["joined", "Крота", true],
      ["joined", "Бобёр", true],
      ["left", "Крот", true],
      ["removed", "Сову", true],
    ]);
    expect(messages).toEqual([]);
  });

  test("are nobody's words, with or without a colon in them", async () => {
    const text = [
      "31.12.2023, 23:50 - Messages and calls are end-to-end encrypted.",
      '31.12.2023, 23:51 - otter changed the group name from "Camp: old" to "Camp: new"',
      "31.12.2023, 23:52 - Рысь изменил(-а) описание группы",
      "31.12.2023, 23:53 - otter: This message was deleted",
      "31.12.2023, 23:54 - otter: I left my tent: sorry",
    ].join("\n");
    const { messages, moves, passedOver } = await read(text);
    expect(messages.map((each) => each.text)).toEqual(["I left my tent: sorry"]);
    expect(moves).toEqual([]);
    expect(Object.fromEntries(passedOver)).toEqual({ notice: 3, deleted: 1 });
  });

  test("on iPhones stand behind a name and a direction mark", async () => {
    const text = [
      `[31.12.2023, 23:50:00] Лагерь: ${LRM}Сообщения и звонки защищены сквозным шифрованием.`,
      `[31.12.2023, 23:51:00] Выдра: ${LRM}Выдра joined using this group's invite link`,
      `[31.12.2023, 23:52:00] Выдра: Привет`,
    ].join("\n");
    const { messages, moves, spaces } = await read(text, {}, "_chat.txt");
    expect(messages.map((each) => each.text)).toEqual(["Привет"]);
    expect(moves.map(({ kind, name }) => [kind, name])).toEqual([["joined", "Выдра"]]);
    expect([...spaces.values()].map(({ name }) => name)).toEqual(["Лагерь"]);
  });
});

test.each([
  ["WhatsApp Chat with Camp.txt", "Camp"],
  ["WhatsApp Chat - Camp (2).txt", "Camp"],
  ["Чат WhatsApp с контактом Лагерь.txt", "Лагерь"],
  ["camp.txt", "camp"],
])("a chat is named by its file: %s", async (file, name) => {
  const { spaces } = await read("31.12.2023, 23:59 - otter: hi", {}, file);
  expect([...spaces.values()]).toEqual([{ externalId: `name:${name}`, name, kind: "chat" }]);
});

test("a chat is read the same wherever the stream is cut and wherever a reading goes on", async () => {
  const files = {
    "WhatsApp Chat with A.txt": "31.12.23, 23:58 - Ё: +\n31.12.23, 23:58 - Ё: +\n\nи\n31.12.23, 23:59 - Ё left\n",
    "WhatsApp Chat with B.txt": "[31.12.23, 23:58:00] b: one\n[31.12.23, 23:58:00] b: one",
  };
  const whole = foundIn(await harvestOf(whatsapp, sourceOf(files)));
  expect([whole.messages.length, whole.moves.length, whole.spaces.length]).toEqual([4, 1, 2]);
  await cutEverywhere(whatsapp, files, (how, found) => expect({ how, ...found }).toEqual({ how, ...whole }));
});

test("a hostile chat costs its bad messages alone", async () => {
  const text = [
    "a note above the chat",
    "31.12.2023, 23:50 - otter: fine",
    "99.99.2023, 23:50 - otter: no such day",
    "31.12.2023, 99:50 - otter: no such hour",
    "31.12.1999, 23:50 - otter: before there were phones",
    "31.12.2023, 23:51 - : nobody",
    `31.12.2023, 23:52 - otter: ${"[".repeat(200)}`,
    `31.12.2023, 23:53 - ${"o".repeat(5000)}: long name`,
    "31.12.2023, 23:54 - otter: long",
    ...Array.from({ length: 1200 }, () => "x".repeat(1000)),
    "31.12.2023, 23:55 - otter: a\0b",
  ].join("\n");
  const { messages, skipped, harvests } = await read(text);
  expect(skipped).toEqual(["not-a-message", "no-date", "no-date", "impossible-date", "no-author", "too-long"]);
  expect(messages.map((each) => each.text.length)).toEqual([4, 200, 9, 3]);
  expect(messages[2]?.author.name).toHaveLength(256);
  expect(harvests.reduce((sum, each) => sum + each.repaired, 0)).toBe(1);
});

test("other texts are not taken for a chat", () => {
  expect(recognise("Notes of a meeting\nat 31.12.2023, 23:59")).toBeUndefined();
  expect(recognise("id,sentAt,text\n1,2023-12-31,hi")).toBeUndefined();
  expect(whatsapp.recognise({ name: "x.csv", text: "31.12.2023, 23:59 - a: b", parts: [] })).toBeUndefined();
});
