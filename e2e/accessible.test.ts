import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningVeche, startVeche } from "./app.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { speak, wholeEvening } from "./evening.ts";
import { everyPage } from "./pages.ts";
import { sampleChat } from "./sample-chat.ts";
import { complaints, visit, type Visitor } from "./visitor.ts";

const YESTERDAY = Date.now() - 24 * 3_600_000;

describe.skipIf(!hasBrowser())("every page can be used by everybody", () => {
  let browser: Browser;
  let veche: RunningVeche;
  let desk: Visitor;

  beforeAll(async () => {
    browser = await openBrowser();
    veche = await startVeche();
    desk = await visit(browser, veche.address, { language: "en", width: 1440 });
    const text = sampleChat({ endsAt: YESTERDAY, days: 40 }).json;
    await wholeEvening(desk.page, { ownerLink: veche.ownerLink, locale: "en", text });
  });
  afterAll(async () => {
    await browser.close();
    await veche.stop();
  });

  test.each(["light", "dark"] as const)("at a desk in the %s theme nothing serious is in the way", async (theme) => {
    await desk.page.emulateMedia({ colorScheme: theme });
    expect(await barriersEverywhere(desk)).toEqual([]);
  });

  test("on a phone in Russian and in the dark neither", async () => {
    const phone = await visit(browser, veche.address, { language: "ru", width: 390, theme: "dark" });
    await phone.context.addCookies(await desk.context.cookies());
    await speak(phone.page, "ru");
    expect(await barriersEverywhere(phone)).toEqual([]);
    await phone.context.close();
  });

  test("the page of sign-in has no barrier either", async () => {
    const stranger = await visit(browser, veche.address, { language: "ru", width: 390 });
    await stranger.page.goto("/console/sign-in");
    expect(await barriers(stranger.page)).toEqual([]);
    await stranger.context.close();
  });
});

async function barriersEverywhere(visitor: Visitor): Promise<string[]> {
  const found: string[] = [];
  for (const address of await everyPage(visitor.page)) {
    await visitor.page.goto(address);
    found.push(...(await barriers(visitor.page)), ...(await complaints(visitor)));
  }
  return found;
}

/** What stands in the way of people on this page: the serious and critical findings of axe. */
async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.map(({ id, nodes }) => `${new URL(page.url()).pathname}: ${id}: ${nodes[0]?.html.slice(0, 200) ?? ""}`);
}
