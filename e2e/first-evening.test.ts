import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import type { Locale } from "#words/runtime";
import { timeZoneName } from "#src/base/time-zone-name.ts";
import { formatNumber } from "#src/web/kit/format.ts";
import { type RunningVeche, startVeche } from "./app.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { becomeOwner, bringFile, importAll, nameCommunity, owner, SLUG, speak } from "./evening.ts";
import { sampleChat, type SampleChat } from "./sample-chat.ts";
import { isAlive, mustBeContent, visit, type Visitor, ZONE } from "./visitor.ts";

const YESTERDAY = Date.now() - 24 * 3_600_000;

let browser: Browser;
let chat: SampleChat;

describe.skipIf(!hasBrowser()).each([
  { locale: "en", width: 1440 },
  { locale: "ru", width: 390 },
] as const)("the first evening in $locale at $width", ({ locale, width }) => {
  let veche: RunningVeche;
  let visitor: Visitor;
  const say = { locale };

  beforeAll(async () => {
    browser = await openBrowser();
    chat = sampleChat({ endsAt: YESTERDAY });
    veche = await startVeche();
    visitor = await visit(browser, veche.address, { language: locale, width });
  });
  afterAll(async () => {
    await browser.close();
    await veche.stop();
  });
  afterEach(() => mustBeContent(visitor));

  test("the one-time link makes the owner, once", async () => {
    await becomeOwner(visitor.page, veche.ownerLink, locale);
    const stranger = await visit(browser, veche.address, { language: locale, width });
    await stranger.page.goto(veche.ownerLink);
    await stranger.page.getByText(m.accounts_page_link_dead_title({}, say)).waitFor();
    await stranger.context.close();
  });

  test("naming the community needs one word and a key", async () => {
    const { page } = visitor;
    const zone = page.getByLabel(m.communities_page_time_zone({}, say));
    expect(await zone.first().inputValue()).toBe(timeZoneName(ZONE, locale, Date.now()));
    await nameCommunity(page, locale);
  });

  test("the file is recognised and shown before anything is stored", async () => {
    const { page } = visitor;
    await bringFile(page, { name: "result.json", text: chat.json });
    await page.getByText("Telegram Desktop").first().waitFor();
    await expectFact(page, m.imports_page_fact_messages({}, say), number(chat.truth.messages, locale));
    await expect.poll(() => page.locator("table tbody tr").count()).toBe(20);
  });

  test("everything in the file is stored, and the report says so", async () => {
    const { page } = visitor;
    await importAll(page, locale);
    const tiles = page.getByRole("list", { name: m.imports_page_report({}, say) });
    await expectTile(tiles, m.imports_page_stored({}, say), number(chat.truth.messages, locale));
    await expectTile(tiles, m.imports_page_moves({}, say), number(chat.truth.joined + chat.truth.left, locale));
    await expectTile(tiles, m.imports_page_skipped({}, say), "0");
  });

  test("the same file again stores nothing twice", async () => {
    const { page } = visitor;
    await page.goto(`/console/${SLUG}/imports/new`);
    await bringFile(page, { name: "result.json", text: chat.json });
    await importAll(page, locale);
    const tiles = page.getByRole("list", { name: m.imports_page_report({}, say) });
    await expectTile(tiles, m.imports_page_stored({}, say), "0");
    await expectTile(tiles, m.imports_page_repeated({}, say), number(chat.truth.messages, locale));
  });

  test("the audit tells what is in the file", async () => {
    const { page } = visitor;
    await page.getByRole("link", { name: m.imports_page_see_audit({}, say) }).click();
    await page.waitForURL(`**/console/${SLUG}/audit`);
    const tiles = page.getByRole("list", { name: m.analytics_page_figures({}, say) });
    await expectTile(tiles, m.analytics_metric_active_members_label({}, say), number(chat.truth.members, locale));
    const growth = page.getByRole("list", { name: m.analytics_page_growth({}, say) });
    await expectTile(growth, m.analytics_metric_joined_members_label({}, say), number(chat.truth.joined, locale));
    await expectTile(growth, m.analytics_metric_left_members_label({}, say), number(chat.truth.left, locale));
    const { name, messages } = chat.truth.topAuthor;
    const first = page.getByRole("row").filter({ hasText: name }).first();
    await first.getByText(number(messages, locale), { exact: true }).first().waitFor();
  });

  test("a number opens the people behind it, and a person their messages", async () => {
    const { page } = visitor;
    const { name } = chat.truth.topAuthor;
    const tiles = page.getByRole("list", { name: m.analytics_page_figures({}, say) });
    await tiles
      .getByRole("link", { name: number(chat.truth.members, locale), exact: true })
      .first()
      .click();
    const panel = page.getByRole("dialog");
    await panel.getByText(m.analytics_page_people({ count: chat.truth.members }, say)).waitFor();
    await panel.getByRole("link", { name, exact: true }).click();
    await panel.getByText(m.analytics_page_behind_member({ name }, say)).waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
  });

  test("the member list finds somebody and opens their page", async () => {
    const { page } = visitor;
    const { name } = chat.truth.topAuthor;
    await page.goto(`/console/${SLUG}/members`);
    await isAlive(page);
    await page.getByRole("searchbox").fill(name);
    await page.waitForURL(/search=/);
    const row = page.locator("tr[data-key]").filter({ hasText: name }).first();
    await page.goto(`/console/${SLUG}/members/${await row.getAttribute("data-key")}`);
    await page.getByRole("heading", { name }).first().waitFor();
  });

  test("one click changes the language of everything, another the theme, and both are kept", async () => {
    const { page } = visitor;
    const other = locale === "en" ? "ru" : "en";
    await page.goto(`/console/${SLUG}/audit`);
    await page.getByRole("button", { name: m.web_language_to({}, { locale: other }) }).click();
    await page.getByRole("heading", { name: m.analytics_page_title({}, { locale: other }) }).waitFor();
    await isAlive(page);
    await page.getByRole("button", { name: m.web_theme_turn({}, { locale: other }) }).click();
    await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
    await isAlive(page);
    await page.reload();
    await page.locator(`html[lang=${other}][data-mantine-color-scheme=dark]`).waitFor();
    await speak(page, locale);
  });

  test("who signs out can sign in again", async () => {
    const { page } = visitor;
    await isAlive(page);
    await page.getByRole("button", { name: m.web_me({ name: owner.name }, say) }).click();
    await page.getByRole("menuitem", { name: m.web_sign_out({}, say) }).click();
    await page.waitForURL("**/console/sign-in**");
    await page.getByLabel(m.accounts_page_email({}, say)).fill(owner.email);
    await page.getByLabel(m.accounts_page_password({}, say), { exact: true }).fill(owner.password);
    await page.getByRole("button", { name: m.accounts_page_enter({}, say), exact: true }).click();
    await page.waitForURL(/\/console\/(?!sign-in)/);
  });
});

function number(value: number, locale: Locale): string {
  return formatNumber(value, { locale, timeZone: ZONE });
}

async function expectFact(page: Page, name: string, value: string): Promise<void> {
  const fact = page.locator("dl > div", { has: page.getByText(name, { exact: true }) });
  await expect.poll(() => fact.locator("dd").textContent()).toBe(value);
}

async function expectTile(tiles: Locator, name: string, value: string): Promise<void> {
  const tile = tiles.getByRole("listitem").filter({ hasText: name });
  await tile.getByText(value, { exact: true }).waitFor();
}
