import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import { hasBrowser } from "./browser.ts";
import { bringFile, importAll, SLUG, wholeEvening } from "./evening.ts";
import { otherExport, telegramExport } from "./two-chats.ts";
import { type Sitting, sitDown } from "./sitting.ts";
import { isAlive, mustBeContent, type Visitor } from "./visitor.ts";

const queue = `/console/${SLUG}/members/suggestions`;
const RUSSIAN = "Серебряный Зимородок";
const LATIN = "Serebryanyi Zimorodok";

const cards = (page: Page) => page.locator("article[data-suggestion]");
const kingfisher = (page: Page) => cards(page).filter({ hasText: LATIN });

describe.skipIf(!hasBrowser())("people who may be one", () => {
  let sitting: Sitting;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    sitting = await sitDown();
    ({ visitor, page } = sitting);
    await wholeEvening(page, { ownerLink: sitting.veche.ownerLink, text: telegramExport() });
  });
  afterAll(() => sitting.end());

  test("are not sought while all are on one platform, and the page says so", async () => {
    await page.goto(queue);
    await page.getByText(m.members_one_platform()).waitFor();
  });

  /** Does something and waits until the server has answered: a card goes at once, and whoever leaves the page sooner takes it back. */
  const answered = async (act: () => Promise<void>): Promise<void> => {
    const answer = page.waitForResponse(
      (one) => one.request().method() !== "GET" && one.url().includes("/suggestions"),
    );
    await act();
    await answer;
  };

  test("are found after the import of a second platform, side by side, with the reasons", async () => {
    await page.goto(`/console/${SLUG}/imports/new`);
    await bringFile(page, { name: "brewers.jsonl", text: otherExport() });
    await importAll(page, "en");
    await page.goto(queue);
    await isAlive(page);
    // A search runs by itself within a minute; somebody who is here already need not wait.
    const search = page.getByRole("button", { name: m.members_search_start(), exact: true });
    await search.or(cards(page).first()).first().waitFor();
    if (await search.isVisible()) await search.click();
    await kingfisher(page).waitFor({ timeout: 60_000 });
    await expect(kingfisher(page).textContent()).resolves.toContain(RUSSIAN);
    const why = m.members_reason_same_name({ one: LATIN, other: RUSSIAN });
    await kingfisher(page).getByText(why).waitFor();
    await mustBeContent(visitor);
  });

  test("are merged and taken apart again by keyboard", async () => {
    await kingfisher(page).focus();
    await page.keyboard.press("a");
    // What can be taken back is said in the same breath; until then there is nothing to take back.
    await page.getByText(m.members_merged()).waitFor();
    await kingfisher(page).waitFor({ state: "detached" });
    await page.keyboard.press("u");
    await page.getByText(m.members_separated()).waitFor();
    await kingfisher(page).waitFor();
  });

  test("are told apart, kept in mind as such, and can wait again", async () => {
    await answered(() => kingfisher(page).getByRole("button", { name: m.members_different_people() }).click());
    await kingfisher(page).waitFor({ state: "detached" });
    await page.goto(`${queue}?view=dismissed`);
    await isAlive(page);
    await answered(() => kingfisher(page).getByRole("button", { name: m.members_suggestion_reopen() }).click());
    await kingfisher(page).waitFor({ state: "detached" });
    await page.goto(queue);
    await kingfisher(page).waitFor();
  });

  test("are one person on the list and on the profile, with who merged them, until somebody separates them", async () => {
    await isAlive(page);
    await answered(() => kingfisher(page).getByRole("button", { name: m.members_merge(), exact: true }).click());
    await kingfisher(page).waitFor({ state: "detached" });
    const names = async (): Promise<string[]> => {
      await page.goto(`/console/${SLUG}/members?search=zimorodok`);
      return page.locator("tbody tr [data-row-link] bdi:first-child").allTextContents();
    };
    await expect.poll(names, { interval: 500 }).toHaveLength(1);
    const key = await page.locator("tbody tr[data-key]").first().getAttribute("data-key");
    await page.goto(`/console/${SLUG}/members/${key}`);
    await isAlive(page);
    await page
      .getByText(m.members_merged_by({ who: "Club owner", date: "" }).trim().replace(/,$/, ""))
      .first()
      .waitFor();
    await page.getByRole("button", { name: /^Separate / }).click();
    await page.getByRole("dialog").getByRole("button", { name: m.members_separate(), exact: true }).click();
    await page.getByText(m.members_separated()).waitFor();
    await expect.poll(names, { interval: 500 }).toHaveLength(2);
  });

  test("are merged by hand from a profile, too", async () => {
    await page.goto(`/console/${SLUG}/members?search=zimorodok`);
    await page.locator("tbody tr [data-row-link]").first().waitFor();
    const key = await page.locator("tbody tr[data-key]").first().getAttribute("data-key");
    await page.goto(`/console/${SLUG}/members/${key}`);
    await isAlive(page);
    await page.getByRole("button", { name: m.members_merge_with() }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(m.members_search()).fill("teal");
    await dialog.getByRole("radio", { name: "teal" }).first().check();
    // Teal stays: the page of whoever stays is opened.
    await dialog.getByRole("radio", { name: "teal" }).last().check();
    await dialog.getByRole("button", { name: m.members_merge(), exact: true }).click();
    await page.getByText(m.members_merged()).waitFor();
    await page.waitForURL((url) => !url.pathname.endsWith(String(key)));
    await page.getByRole("heading", { name: "teal" }).waitFor();
    await page.getByRole("button", { name: /^Separate / }).waitFor();
    await mustBeContent(visitor);
  });
});
