import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import type { RunningVeche } from "./app.ts";
import { startBeside } from "./app-beside.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { SLUG, wholeEvening } from "./evening.ts";
import { sampleChat } from "./sample-chat.ts";
import { isAlive, mustBeContent, visit, type Visitor } from "./visitor.ts";

const YESTERDAY = Date.now() - 24 * 3_600_000;
const audit = `/console/${SLUG}/audit`;

const headline = (page: Page) => page.getByRole("region", { name: m.analytics_page_headline() });
const heatMap = (page: Page) => page.getByRole("grid", { name: m.analytics_page_heat() });
const panel = (page: Page) => page.getByRole("dialog");

describe.skipIf(!hasBrowser())("the audit of a community", () => {
  const chat = sampleChat({ endsAt: YESTERDAY });
  let browser: Browser;
  let veche: RunningVeche;
  let visitor: Visitor;
  let page: Page;

  async function open(query = ""): Promise<void> {
    await page.goto(`${audit}${query}`);
    await isAlive(page);
  }

  beforeAll(async () => {
    browser = await openBrowser();
    veche = await startBeside();
    visitor = await visit(browser, veche.address, { language: "en", width: 1440 });
    page = visitor.page;
    await wholeEvening(page, { ownerLink: veche.ownerLink, text: chat.json });
  });
  afterAll(async () => {
    await browser.close();
    await veche.stop();
  });

  test("opens what each underlined claim was made from", async () => {
    await open();
    await headline(page).getByRole("link").first().waitFor();
    const claims = await headline(page).getByRole("link").count();
    expect(claims).toBeGreaterThan(0);
    for (let claim = 0; claim < claims; claim += 1) {
      await open();
      await headline(page).getByRole("link").nth(claim).click();
      await page.waitForURL(/behind\?|definitions|#/);
      if (!page.url().includes("/behind?")) continue;
      await panel(page).getByRole("listitem").first().waitFor();
    }
    await mustBeContent(visitor);
  });

  test("a list behind a number grows by pages, and its address opens it again", async () => {
    await open("/behind?of=all");
    const rows = panel(page).getByRole("listitem");
    await rows.first().waitFor();
    const first = await rows.count();
    await panel(page).getByRole("button", { name: m.analytics_page_more() }).click();
    await expect.poll(() => rows.count()).toBeGreaterThan(first);
    await page.keyboard.press("Escape");
    await page.waitForURL(`**${audit}`);
    await panel(page).waitFor({ state: "detached" });
    expect((await page.request.get(`${audit}/behind?of=nothing-known`)).status()).toBe(404);
  });

  test("an hour of the map opens the messages of that hour", async () => {
    await open();
    await heatMap(page).locator("rect:not([data-zero])").first().click();
    await panel(page).getByRole("listitem").first().waitFor();
  });

  test("an hour of the map is reached, told and opened without a mouse", async () => {
    await open();
    const cells = heatMap(page).getByRole("gridcell");
    expect(await cells.count()).toBe(7 * 24);
    await heatMap(page).locator("rect[tabindex='0']").focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowDown");
    for (let hour = 0; hour < 19; hour += 1) await page.keyboard.press("ArrowRight");
    const told = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    expect(told).toContain("Tuesday, 19");
    await page.getByText(told ?? "").waitFor();
    await page.keyboard.press("Enter");
    await panel(page).waitFor();
    await page.waitForURL(/behind\?of=/);
    await mustBeContent(visitor);
  });

  test("a browser that was never here tells times by its own clock from the first page on", async () => {
    const session = (await visitor.context.cookies()).filter(({ name }) => name === "veche_session");
    const times = async ({ page: open }: Visitor) => {
      await open.goto(`/console/${SLUG}/imports`);
      await open.locator("html:not([data-zone-guessed])").waitFor();
      return open.locator("tbody tr").first().locator("td").nth(4).textContent();
    };
    const fresh = await visit(browser, veche.address, { language: "en", width: 1440 });
    await fresh.context.addCookies(session);
    expect(await times(fresh)).toBe(await times(visitor));
    await mustBeContent(fresh);
    await fresh.context.close();
  });

  test("other days are chosen by one click and kept in the address", async () => {
    await open();
    await page.getByRole("button", { name: m.analytics_page_period() }).click();
    await page.getByRole("link", { name: m.analytics_page_last_days({ count: 30 }) }).click();
    await page.waitForURL(/from=/);
    const whole = page.getByText(m.analytics_page_days({ count: 30 })).first();
    await whole.waitFor();
    await page.reload();
    await whole.waitFor();
  });

  test("days on which nobody wrote say so and lead back to the history", async () => {
    await open("?from=2001-01-01&to=2001-01-31");
    await page.getByText(m.analytics_page_quiet_title()).waitFor();
    await page.getByRole("link", { name: m.analytics_page_quiet_action() }).click();
    await headline(page).waitFor();
  });

  test("every number is defined on a page of its own", async () => {
    await open("/definitions");
    await page.getByRole("heading", { name: m.analytics_metric_stickiness_label() }).waitFor();
    await page.getByRole("link", { name: m.analytics_page_back_to_audit() }).click();
    await page.getByRole("heading", { name: m.analytics_page_title() }).waitFor();
  });

  test("on paper there are no menus, and the definitions stand at the end", async () => {
    await open();
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("navigation").filter({ visible: true }).count()).toBe(0);
    expect(await page.getByRole("button").filter({ visible: true }).count()).toBe(0);
    await page.getByRole("heading", { name: m.analytics_page_footnotes() }).waitFor();
    await page.emulateMedia({ media: "screen" });
    const paper = (await page.pdf({ format: "A4" })).toString("latin1");
    expect(paper.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3);
  });

  test("a telephone shows all of it without scrolling sideways", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const address of ["", "/definitions", "/behind?of=members:new"]) await open(address);
    await open();
    await page.getByRole("heading", { name: m.analytics_page_limits() }).scrollIntoViewIfNeeded();
    await mustBeContent(visitor);
  });
});
