import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningVeche } from "./app.ts";
import { startBeside } from "./app-beside.ts";
import { barriers } from "./barriers.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { speak, wholeEvening } from "./evening.ts";
import { everyPage } from "./pages.ts";
import { sampleChat } from "./sample-chat.ts";
import { complaints, visit, type Visitor } from "./visitor.ts";

const YESTERDAY = Date.now() - 24 * 3_600_000;

/** Every page, with all rules: half a minute, and more on a machine that has much else to do. */
const TOUR_MS = 240_000;

describe.skipIf(!hasBrowser())("every page can be used by everybody", () => {
  let browser: Browser;
  let veche: RunningVeche;
  let desk: Visitor;

  beforeAll(async () => {
    browser = await openBrowser();
    veche = await startBeside();
    desk = await visit(browser, veche.address, { language: "en", width: 1440 });
    const text = sampleChat({ endsAt: YESTERDAY, days: 40 }).json;
    await wholeEvening(desk.page, { ownerLink: veche.ownerLink, text });
  });
  afterAll(async () => {
    await browser.close();
    await veche.stop();
  });

  test("at a desk nothing serious is in the way, nor in the dark", { timeout: TOUR_MS }, async () => {
    const look = async (page: Page) => {
      const found = await barriers(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await page.waitForFunction(() => document.documentElement.dataset["mantineColorScheme"] !== "light");
      found.push(...(await barriers(page, ["color-contrast"])));
      await page.emulateMedia({ colorScheme: "light" });
      return found;
    };
    expect(await everywhere(desk, look)).toEqual([]);
  });

  test("on a phone in Russian and in the dark neither", { timeout: TOUR_MS }, async () => {
    const phone = await visit(browser, veche.address, { language: "ru", width: 390, theme: "dark" });
    await phone.context.addCookies(await desk.context.cookies());
    await speak(phone.page, "ru");
    expect(await everywhere(phone, (page) => barriers(page))).toEqual([]);
    await phone.context.close();
  });

  test("the page of sign-in has no barrier either", async () => {
    const stranger = await visit(browser, veche.address, { language: "ru", width: 390 });
    await stranger.page.goto("/console/sign-in");
    expect(await barriers(stranger.page)).toEqual([]);
    await stranger.context.close();
  });
});

async function everywhere(visitor: Visitor, look: (page: Page) => Promise<string[]>): Promise<string[]> {
  const found: string[] = [];
  for (const address of await everyPage(visitor.page)) {
    await visitor.page.goto(address);
    found.push(...(await look(visitor.page)), ...(await complaints(visitor)));
  }
  return found;
}
