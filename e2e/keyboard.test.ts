import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import type { RunningVeche } from "./app.ts";
import { startBeside } from "./app-beside.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { owner, SLUG } from "./evening.ts";
import { sampleChat } from "./sample-chat.ts";
import { isAlive, mustBeContent, visit, type Visitor } from "./visitor.ts";

const YESTERDAY = Date.now() - 24 * 3_600_000;

/** More steps than any control of these pages is away from the top. */
const STEPS = 60;

describe.skipIf(!hasBrowser())("the first evening without a mouse", () => {
  let browser: Browser;
  let veche: RunningVeche;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await openBrowser();
    veche = await startBeside();
    visitor = await visit(browser, veche.address, { language: "en", width: 1440 });
  });
  afterAll(async () => {
    await browser.close();
    await veche.stop();
  });

  test("from the one-time link to the audit by Tab, Enter and typing", async () => {
    const { page } = visitor;
    await page.goto(veche.ownerLink);
    await fillIn(page, m.accounts_page_name(), owner.name);
    await fillIn(page, m.accounts_page_email(), owner.email);
    await fillIn(page, m.accounts_page_password(), owner.password);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/console/communities/new");
    await fillIn(page, m.communities_page_name(), "Dawn Coffee Club");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/console/${SLUG}/imports/new`);
    await isAlive(page);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press(page, m.web_choose_file())]);
    const buffer = Buffer.from(sampleChat({ endsAt: YESTERDAY, days: 20 }).json);
    await chooser.setFiles({ name: "result.json", mimeType: "application/json", buffer });
    await page.waitForURL(/\/imports\/new\/[^/]+$/);
    await press(page, m.imports_page_start());
    await page.getByText(m.imports_page_done_ready()).waitFor({ timeout: 60_000 });
    await press(page, m.imports_page_see_audit());
    await page.waitForURL(`**/console/${SLUG}/audit`);
    await mustBeContent(visitor);
  });

  test("the palette jumps to any page", async () => {
    const { page } = visitor;
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder(m.web_search_label()).waitFor();
    await page.keyboard.type(m.web_page_members());
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/console/${SLUG}/members`);
  });

  test("the first Tab of a page offers to skip the menu", async () => {
    const { page } = visitor;
    await page.goto(`/console/${SLUG}/imports`);
    await page.keyboard.press("Tab");
    expect(await nameOfFocus(page)).toBe(m.web_skip());
  });
});

/** Walks by Tab until a control of this name has the focus; fails when it cannot be reached or its focus cannot be seen. */
async function reach(page: Page, name: string): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    if ((await nameOfFocus(page)) === name) {
      expect(await page.evaluate(() => document.activeElement?.matches(":focus-visible"))).toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches "${name}" on ${page.url()}`);
}

async function press(page: Page, name: string): Promise<void> {
  await reach(page, name);
  await page.keyboard.press("Enter");
}

async function fillIn(page: Page, label: string, text: string): Promise<void> {
  await reach(page, label);
  await page.keyboard.type(text);
}

function nameOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focus = document.activeElement;
    if (!(focus instanceof HTMLElement) || focus === document.body) return "";
    const label = focus instanceof HTMLInputElement ? focus.labels?.[0]?.textContent : undefined;
    return (focus.getAttribute("aria-label") ?? label ?? focus.textContent).trim();
  });
}
