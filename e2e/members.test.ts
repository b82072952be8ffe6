import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import { hasBrowser } from "./browser.ts";
import { SLUG, wholeEvening } from "./evening.ts";
import { membersListed } from "./pages.ts";
import { sampleChat, type SampleChat } from "./sample-chat.ts";
import { type Sitting, sitDown } from "./sitting.ts";
import { mustBeContent, type Visitor } from "./visitor.ts";

const YESTERDAY = Date.now() - 24 * 3_600_000;
const list = `/console/${SLUG}/members`;

const rows = (page: Page) => page.locator("tbody tr");
const names = (page: Page) => rows(page).locator("[data-row-link] bdi:first-child").allTextContents();

describe.skipIf(!hasBrowser())("the members of a community", () => {
  const chat: SampleChat = sampleChat({ endsAt: YESTERDAY, days: 20 });
  let sitting: Sitting;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    sitting = await sitDown();
    ({ visitor, page } = sitting);
    await wholeEvening(page, { ownerLink: sitting.veche.ownerLink, text: chat.json });
    await membersListed(page);
  });
  afterAll(() => sitting.end());

  test("are listed with the one who wrote most on top", async () => {
    await page.goto(`${list}?kind=people&sort=messages`);
    expect((await names(page))[0]).toBe(chat.truth.topAuthor.name);
    await expect(rows(page).first().locator("td").nth(2).textContent()).resolves.toBe(
      String(chat.truth.topAuthor.messages),
    );
  });

  test("are found while one types, and the address keeps the search", async () => {
    const word = chat.truth.topAuthor.name.split(" ")[0] ?? "";
    await page.goto(list);
    await page.getByLabel(m.members_search()).fill(word.slice(0, 4));
    await page.waitForURL(/search=/);
    await expect.poll(() => names(page)).toContain(chat.truth.topAuthor.name);
    await page.getByLabel(m.members_search()).fill("nobody of this name");
    await page.getByText(m.members_nobody_found()).waitFor();
    await page.getByRole("link", { name: m.members_clear_filters() }).click();
    await rows(page).first().waitFor();
  });

  test("are marked by keyboard, and the mark is taken back with one click", async () => {
    await page.goto(`${list}?kind=people&sort=messages`);
    const [first = ""] = await names(page);
    for (const key of ["j", "x"]) await page.keyboard.press(key);
    await page.getByRole("button", { name: m.members_mark_staff() }).click();
    await page.getByText(m.members_marked({ count: 1 })).waitFor();
    await expect.poll(() => names(page)).not.toContain(first);
    await page.getByRole("button", { name: m.web_undo() }).click();
    await expect.poll(() => names(page)).toContain(first);
  });

  test("open beside the list, and from there as a page of their own with what they wrote", async () => {
    await page.goto(`${list}?sort=messages&kind=people`);
    await rows(page).first().locator("[data-row-link]").click();
    const panel = page.getByRole("dialog");
    await panel.getByText(chat.truth.topAuthor.name).waitFor();
    await panel.getByRole("link", { name: m.members_open() }).click();
    await page.getByRole("heading", { level: 1, name: chat.truth.topAuthor.name }).waitFor();
    const written = page.locator("article");
    await expect.poll(() => written.count()).toBe(20);
    await page.getByRole("button", { name: m.members_older() }).click();
    await expect.poll(() => written.count()).toBeGreaterThan(20);
    await mustBeContent(visitor);
  });

  test("go into a file that opens in a spreadsheet", async () => {
    await page.goto(list);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: m.members_export() }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^dawn-coffee-club-members-.*\.csv$/);
  });
});
