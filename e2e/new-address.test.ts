import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { m } from "#words";
import { linkIn, testMailServer } from "#src/base/testing/mail-server.ts";
import type { RunningVeche } from "./app.ts";
import { startBeside } from "./app-beside.ts";
import { barriers } from "./barriers.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { becomeOwner, owner } from "./evening.ts";
import { isAlive, mustBeContent, visit, type Visitor } from "./visitor.ts";

const NEXT = "moved@dawn.example";

describe.skipIf(!hasBrowser())("somebody who signs in with another address from now on", async () => {
  const mail = await testMailServer();
  let browser: Browser;
  let veche: RunningVeche;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await openBrowser();
    veche = await startBeside({ VECHE_SMTP_URL: mail.url, VECHE_MAIL_FROM: "Camp <team@camp.example>" });
    visitor = await visit(browser, veche.address, { language: "en", width: 1440 });
    await becomeOwner(visitor.page, veche.ownerLink, "en");
  });
  afterAll(async () => {
    await browser.close();
    await veche.stop();
  });

  test("confirms it by the letter that comes there, is told of it at the old one, and then signs in with it", async () => {
    const { page } = visitor;
    await page.goto("/console/settings");
    await isAlive(page);
    await page.getByLabel(m.accounts_page_email_next()).fill(NEXT);
    await page.getByRole("button", { name: m.accounts_page_email_change() }).click();
    await page.getByRole("status").filter({ hasText: NEXT }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await mustBeContent(visitor);
    const letterTo = (address: string) => mail.arrived.find(({ to }) => to[0] === address);
    await expect.poll(() => letterTo(NEXT)).toBeDefined();
    const letter = letterTo(NEXT);
    const link = letter === undefined ? "" : linkIn(letter);

    const reader = await visit(browser, veche.address, { language: "ru", width: 390 });
    await reader.page.goto(new URL(link).pathname);
    await isAlive(reader.page);
    await reader.page
      .getByRole("button", { name: m.accounts_letter_email_button({}, { locale: "ru" }), exact: true })
      .click();
    await reader.page
      .getByRole("heading", { name: m.accounts_page_email_changed({}, { locale: "ru" }), exact: true })
      .waitFor();
    expect(await barriers(reader.page)).toEqual([]);
    await mustBeContent(reader);
    await expect.poll(() => letterTo(owner.email)).toBeDefined();

    await reader.page.goto("/console/sign-in");
    await isAlive(reader.page);
    const say = { locale: "ru" } as const;
    await reader.page.getByLabel(m.accounts_page_email({}, say)).fill(NEXT);
    await reader.page.getByLabel(m.accounts_page_password({}, say), { exact: true }).fill(owner.password);
    await reader.page.getByRole("button", { name: m.accounts_page_enter({}, say), exact: true }).click();
    await reader.page.waitForURL(/\/console\/(?!sign-in)/);
    await reader.context.close();
  });
});
