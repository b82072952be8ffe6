import { expect, test } from "vitest";
import { processorMs, RUNAWAY_MS } from "#src/base/testing/processor-time.ts";
import { claimsIn, profileAt } from "./claims.ts";
import type { Account } from "./corpus.ts";
import { handleOf, isOneSlip } from "./handles.ts";
import { skeletonsOf } from "./name-forms.ts";
import { suggest, type Suggestion, type Told } from "./suggest.ts";

function sound(name: string): string {
  return skeletonsOf(name).join(" ");
}

test("a surname sounds the same however it is written with Latin letters", () => {
  for (const same of [
    ["Щербаков", "Shcherbakov", "Scherbakov", "Sherbakov"],
    ["Соловьёв", "Solovyov", "Solovyev", "Soloviev", "Solov'ev"],
    ["Жуков", "Zhukov", "Žukov"],
    ["Юлия", "Yulia", "Julia", "Iuliia", "Yuliya"],
    ["Хабаров", "Khabarov", "Habarov"],
    ["Цветков", "Tsvetkov"],
    ["Чехов", "Chekhov", "Čehov"],
    ["Ильин", "Ilyin", "Il'in", "Ilin"],
    ["Достоевский", "Dostoevsky", "Dostoyevskiy", "Dostoevskii"],
  ])
    expect(same.map(sound)).toEqual(same.map(() => sound(same[0] ?? "")));
  expect(sound("Иванов")).not.toBe(sound("Ивлев"));
});

test("one slip of the finger is told from another word", () => {
  for (const [one, other] of [
    ["petrov", "pertov"],
    ["petrov", "petov"],
    ["petrov", "pettrov"],
    ["petrov", "petrof"],
  ] as const)
    expect(isOneSlip(one, other)).toBe(true);
  expect(isOneSlip("petrov", "petrov")).toBe(false);
  expect(isOneSlip("petrov", "pretov")).toBe(false);
  expect(isOneSlip("petrov", "sidorov")).toBe(false);
});

test("user names are compared without @, dots, numbers of old and case", () => {
  expect(handleOf("@Grey.Heron")?.plain).toBe("greyheron");
  expect(handleOf("grey_heron#1234")?.plain).toBe("greyheron");
  expect(handleOf("__")).toBeUndefined();
});

test("people who name their account elsewhere are heard, in both languages", () => {
  const heard: [string, string][] = [
    ["my discord is grey_heron, see you there", "discord grey_heron"],
    ["My telegram: @greyheron", "telegram greyheron"],
    ["i'm greyheron on discord", "discord greyheron"],
    ["find me on telegram: @greyheron.", "telegram greyheron"],
    ["Мой дискорд grey_heron", "discord grey_heron"],
    ["мой тг — @greyheron", "telegram greyheron"],
    ["я greyheron в дискорде", "discord greyheron"],
    ["пишите мне в телегу @greyheron", "telegram greyheron"],
    ["в телеге я @greyheron", "telegram greyheron"],
  ];
  for (const [text, claim] of heard)
    expect([text, ...claimsIn(text).map(({ platform, handle }) => `${platform} ${handle}`)]).toEqual([text, claim]);
});

test("talk about platforms and other people's accounts is nobody's claim", () => {
  for (const text of [
    "my discord is broken again and I cannot log in".replace("broken again", "not working"),
    "her telegram is @greyheron",
    "Telegram or discord, what do you prefer?",
    "я в дискорде сижу весь день",
    "the discord bot greyheron is down",
  ])
    expect([text, ...claimsIn(text)]).toEqual([text]);
});

test("an address of a profile says whose it is; one of a channel's post does not", () => {
  expect(profileAt("https://t.me/greyheron")).toEqual({ platform: "telegram", handle: "greyheron" });
  expect(profileAt("https://discord.com/users/123456789012345678")?.platform).toBe("discord");
  expect(profileAt("https://t.me/greyheron/123")).toBeUndefined();
  expect(profileAt("https://t.me.evil.example/greyheron")).toBeUndefined();
});

test("a hostile text is read without running away", () => {
  const nasty = ["my ", "my discord ", "в телеге я ", "\u0000"].map((piece) => piece.repeat(50_000));
  for (const text of nasty) expect(processorMs(() => void claimsIn(text))).toBeLessThan(RUNAWAY_MS);
});

const who = (platform: string, name: string, username: string | null = null): Account => ({
  personId: `${platform} ${name} ${username ?? ""}`,
  platform,
  externalId: `${name} ${username ?? ""}`,
  name,
  username,
});

/** Sixty people with common names on each of two platforms: a crowd to stand out from. */
const crowd = ["telegram", "discord"].flatMap((platform, side) =>
  Array.from({ length: 60 }, (_, n) => {
    const given = ["Иван", "Анна", "Ольга", "Сергей", "Пётр", "Мария"][(n + side) % 6] ?? "";
    const surname = ["Иванов", "Петров", "Смирнов", "Попов", "Волков"][(n * 7 + side) % 5] ?? "";
    return who(platform, `${given} ${surname}`, n % 3 === 0 ? `person${side}${n}` : null);
  }),
);

async function found(accounts: readonly Account[], told: readonly Told[] = []): Promise<readonly Suggestion[]> {
  return suggest({
    accounts: [...accounts, ...crowd],
    tellings: told,
    daysOf: async () => ({ of: new Map(), all: 0 }),
    pause: async () => undefined,
  });
}

async function kinds(one: Account, other: Account): Promise<string[] | undefined> {
  const suggestions = await found([one, other]);
  const pair = suggestions.find(
    ({ memberId, otherId }) =>
      [memberId, otherId].includes(one.personId) && [memberId, otherId].includes(other.personId),
  );
  return pair?.reasons.map((reason) => reason.kind);
}

test("a rare name in two alphabets is suggested; a common one is not", async () => {
  expect(await kinds(who("telegram", "Ярослав Щебетанко"), who("discord", "Yaroslav Shchebetanko"))).toEqual([
    "same-name",
  ]);
  expect(await kinds(who("telegram", "Иван Попов"), who("discord", "Ivan Popov"))).toBeUndefined();
});

test("the same rare user name is suggested, also with other numbers and beside a nickname", async () => {
  expect(
    await kinds(who("telegram", "Анна Попова", "duskylapwing"), who("discord", "lapwing", "duskylapwing")),
  ).toContain("same-username");
  expect(
    await kinds(who("telegram", "Яна Щебетанко", "duskylapwing"), who("discord", "Yana", "duskylapwing7")),
  ).toContain("similar-username");
});

test("a short form of a name is weak evidence, and another given name speaks against", async () => {
  expect(await kinds(who("telegram", "Саша Щебетанко"), who("discord", "Aleksandr Shchebetanko"))).toEqual([
    "short-name",
  ]);
  expect(await kinds(who("telegram", "Иван Щебетанко"), who("discord", "Olga Shchebetanko"))).toBeUndefined();
});

test("nobody is suggested for two people of whom each could be the one", async () => {
  const one = who("telegram", "Ярослав Щебетанко");
  const twins = [who("discord", "Yaroslav Shchebetanko", "first"), who("discord", "Yaroslav Shchebetanko", "second")];
  expect(await found([one, ...twins])).toEqual([]);
});

test("nobody is sought on a platform where they are already", async () => {
  const both = { ...who("discord", "Ярослав"), personId: "telegram Ярослав Щебетанко " };
  const one = who("telegram", "Ярослав Щебетанко");
  expect(await found([one, both, who("discord", "Yaroslav Shchebetanko")])).toEqual([]);
});

test("what somebody says of themselves outweighs names; an address that many share says little", async () => {
  const [one, other] = [who("telegram", "Иван Попов"), who("discord", "night lapwing")];
  const says: Told = { one: 0, other: 1, reason: { kind: "says-so", messageId: "", text: "" }, tellers: 1 };
  expect(await found([one, other], [says])).toHaveLength(1);
  const common = [who("telegram", "Иван Попов"), who("discord", "Ivan Popov")];
  const link: Told = { ...says, reason: { kind: "own-link", url: "", messages: 1 }, tellers: 1 };
  expect(await found(common)).toEqual([]);
  expect(await found(common, [link])).toHaveLength(1);
  expect(await found(common, [{ ...link, tellers: 9 }])).toEqual([]);
});
