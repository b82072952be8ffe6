import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningVeche } from "./app.ts";
import { startBeside } from "./app-beside.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { SLUG, wholeEvening } from "./evening.ts";
import { everyPage } from "./pages.ts";
import { complaints, visit, type Visitor } from "./visitor.ts";

// Collections of attacks that lie beside the project; without them there is nothing to try here.
const corpora = join(import.meta.dirname, "..", "..", "shared", "corpora");
const hasCorpora = existsSync(join(corpora, "own", "hostile-names.json"));

/** As many of each collection as show every page full, and no more. */
const FROM_EACH = 90;

/** How many members with hostile names get their pages opened. */
const PEOPLE = 8;

describe.skipIf(!hasBrowser() || !hasCorpora)("a chat full of attacks", () => {
  let browser: Browser;
  let veche: RunningVeche;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await openBrowser();
    veche = await startBeside();
    visitor = await visit(browser, veche.address, { language: "en", width: 1440 });
    await wholeEvening(visitor.page, { ownerLink: veche.ownerLink, text: hostileChat() });
  });
  afterAll(async () => {
    await browser.close();
    await veche.stop();
  });

  test("is imported without one of them coming alive", async () => {
    expect(await complaints(visitor)).toEqual([]);
  });

  test("can be read on every page: no dialog, no request to another machine, no script", async () => {
    const found: string[] = [];
    for (const address of await everyPage(visitor.page)) {
      await visitor.page.goto(address);
      found.push(...(await complaints(visitor)), ...(await signsOfLife(visitor)));
    }
    expect(found).toEqual([]);
  });

  test("and so can the people who wrote it", async () => {
    const { page } = visitor;
    await page.goto(`/console/${SLUG}/members`);
    const rows = await page.locator("tr[data-key]").all();
    const keys = await Promise.all(rows.slice(0, PEOPLE).map((row) => row.getAttribute("data-key")));
    const found: string[] = [];
    for (const key of keys) {
      await page.goto(`/console/${SLUG}/members/${key}`);
      found.push(...(await complaints(visitor)), ...(await signsOfLife(visitor)));
    }
    expect(keys.length).toBe(PEOPLE);
    expect(found).toEqual([]);
  });
});

/** Elements that no page of ours has and every attack wants. */
async function signsOfLife({ page }: Visitor): Promise<string[]> {
  const alive = await page
    .locator("main :is(script, iframe, object, embed, img[src^='http'], [onerror], [onload], [href^='javascript:' i])")
    .evaluateAll((elements) => elements.map((element) => element.outerHTML.slice(0, 200)));
  return alive.map((html) => `${page.url()}: ${html}`);
}

function hostileChat(): string {
  const folder = join(corpora, "xss");
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean).slice(0, FROM_EACH));
  // Our own file: an object with a list of names.
  const { names } = JSON.parse(readFileSync(join(corpora, "own", "hostile-names.json"), "utf8")) as { names: string[] };
  const start = Math.floor(Date.now() / 1000) - texts.length * 600 - 86_400;
  const messages = texts.map((text, place) => ({
    id: place + 1,
    type: "message",
    date: new Date((start + place * 600) * 1000).toISOString().slice(0, 19),
    date_unixtime: String(start + place * 600),
    from: place % 3 === 0 ? text.slice(0, 120) : names[place % names.length],
    from_id: `user${1000 + (place % 3 === 0 ? place : place % names.length)}`,
    text: place % 4 === 0 ? [text, { type: "link", text: `https://evil.example/${place}` }] : text,
    text_entities: [],
  }));
  return JSON.stringify({ name: `"><img src=x onerror=alert(1)>`, type: "private_supergroup", id: 77, messages });
}
