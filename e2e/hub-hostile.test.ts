import type { Browser } from "playwright-core";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { memberNameSchema } from "#src/hub/model.ts";
import { type Camp, openCamp } from "#src/hub/testing/camp.ts";
import { hasHostileTexts, hostileTexts } from "#src/hub/testing/hostile-texts.ts";
import { storable } from "#src/platforms/storable.ts";
import { emptyFolder, type RunningVeche, startVeche } from "./app.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { complaints, visit, type Visitor } from "./visitor.ts";

/** Texts in one reply, and letters at most: so a few hundred replies hold them all. */
const IN_REPLY = 10;
const LETTERS = 20_000;
const IN_TOPIC = 100;
/** Of so many texts one is a title, a name and a search as well. */
const TITLE_OF = 60;
const NAMES = 6;

/** What the API takes: NUL and halves of letters are refused with a sentence, which other tests see. */
const texts = (): string[] => hostileTexts().filter((text) => storable(text) === text);

/** Texts put together, each in a paragraph of its own. */
function replies(): string[] {
  const found: string[] = [];
  let open: string[] = [];
  for (const text of texts()) {
    const isFull = open.length === IN_REPLY || open.join("").length + text.length > LETTERS;
    if (isFull) found.push(open.join("\n\n"));
    open = isFull ? [text] : [...open, text];
  }
  return [...found, open.join("\n\n")].map((text) => text.slice(0, 30_000).trim()).filter((text) => text !== "");
}

const titles = (): string[] =>
  texts()
    .filter((_, n) => n % TITLE_OF === 0)
    .map((text) => text.replaceAll(/\s+/g, " ").trim().slice(0, 140).trim())
    .filter((text) => text.length >= 3);

describe.skipIf(!hasBrowser() || !hasHostileTexts)("a hub in which everybody writes attacks", async () => {
  const databases = await testDatabase();
  const told = hasHostileTexts ? replies() : [];
  let browser: Browser;
  let veche: RunningVeche;
  let camp: Camp;
  let guest: Visitor;
  const topics: number[] = [];

  beforeAll(async () => {
    camp = await openCamp(databases, { about: `"><img src=x onerror=alert(1)>`, directory: "everyone" });
    const { slug: community } = camp.facts;
    // Whatever a name may not hold is refused; these are the worst that may stand.
    const names = texts().filter((text) => memberNameSchema.safeParse(text).success);
    const people = await Promise.all(names.slice(-NAMES).map((name) => camp.member(name)));
    const [first] = people;
    if (first === undefined) throw new Error("nobody joined");
    const open = async (title: string, text: string) =>
      (await first.api.topics.openTopic({ community, boardId: camp.board, kind: "question", title, text })).topic;
    for (const title of titles()) await open(title, title);
    for (let from = 0; from < told.length; from += IN_TOPIC) {
      const topic = await open(`Attacks ${from}`, "What follows is hostile.");
      topics.push(topic);
      const some = told.slice(from, from + IN_TOPIC);
      await Promise.all(
        some.map((text, n) => (people[n % people.length] ?? first).api.topics.reply({ community, topic, text })),
      );
    }
    const settings = { DATABASE_URL: databases.ownerUrl, VECHE_APP_ROLE: "veche_app_hostile" };
    [browser, veche] = await Promise.all([openBrowser(), startVeche(emptyFolder(), settings)]);
    guest = await visit(browser, veche.address, { language: "en", width: 1440 });
  });
  afterAll(async () => {
    await browser.close();
    await veche.stop();
  });

  test("keeps every text as it was written", async () => {
    const stored = await sql<{ text: string }>`select text from messages`.execute(databases.owner);
    const kept = new Set(stored.rows.map(({ text }) => text));
    expect(told.filter((text) => !kept.has(text))).toEqual([]);
    expect(told.length).toBeGreaterThan(300);
  });

  test("shows them all: no script runs, nothing is asked of another machine, no dialog opens", async () => {
    const home = `/c/${camp.facts.slug}`;
    const searches = titles()
      .slice(0, 10)
      .map((title) => `${home}/search?q=${encodeURIComponent(title)}`);
    const pages = topics.flatMap((topic) =>
      Array.from({ length: 1 + Math.ceil(IN_TOPIC / 20) }, (_, n) => `${home}/t/${topic}?page=${n + 1}`),
    );
    const found: string[] = [];
    for (const address of [home, `${home}/topics`, `${home}/people`, ...searches, ...pages]) {
      await guest.page.goto(address);
      const alive = await guest.page
        .locator(
          "body :is(script:not([type]), iframe, object, embed, style, img[src^='http'], [onerror], [onload], [onmouseover], [href^='javascript:' i])",
        )
        .evaluateAll((elements) => elements.map((element) => element.outerHTML.slice(0, 200)));
      found.push(...(await complaints(guest)), ...alive.map((html) => `${address}: ${html}`));
    }
    expect(found).toEqual([]);
    expect(pages.length).toBeGreaterThan(20);
  });
});
