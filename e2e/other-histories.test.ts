import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, test } from "vitest";
import { m } from "#words";
import { hasBrowser } from "./browser.ts";
import { becomeOwner, bringFile, importAll, nameCommunity, SLUG } from "./evening.ts";
import { sampleChat } from "./sample-chat.ts";
import { type Sitting, sitDown } from "./sitting.ts";
import { isAlive, mustBeContent, type Visitor } from "./visitor.ts";

const YESTERDAY = Date.now() - 24 * 3_600_000;
const day = (ago: number): string => new Date(YESTERDAY - ago * 86_400_000).toISOString().slice(0, 10);

describe.skipIf(!hasBrowser())("histories of other platforms, numbers in a table, and taking them out again", () => {
  let sitting: Sitting;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    sitting = await sitDown();
    ({ visitor, page } = sitting);
    await becomeOwner(page, sitting.veche.ownerLink, "en");
    await nameCommunity(page, "en");
    await bringFile(page, { name: "result.json", text: sampleChat({ endsAt: YESTERDAY, days: 40 }).json });
    await importAll(page, "en");
  });
  afterAll(() => sitting.end());

  test("how to get an export out of each platform is told step by step", async () => {
    await newImport();
    for (const platform of ["Discord", "Slack", "WhatsApp", "Discourse"]) {
      await page.getByRole("tab", { name: platform }).click();
      await page.getByRole("tabpanel", { name: platform }).getByRole("listitem").first().waitFor();
    }
    await mustBeContent(visitor);
  });

  test("which number is the day is asked where a chat could be read either way", async () => {
    await newImport();
    const lines = ["1/2/24, 10:00 - otter: first", "1/3/24, 11:00 - lynx: second"];
    await bringFile(page, { name: "WhatsApp Chat with Camp.txt", text: lines.join("\n") });
    await page.getByRole("heading", { name: m.imports_page_dates_title() }).waitFor();
    await page.getByText("1 Feb 2024, 10:00").waitFor();
    await page.getByRole("radio", { name: m.imports_page_dates_month_first() }).click();
    await page.getByText("2 Jan 2024, 10:00").waitFor();
    await importAll(page, "en");
    await page.getByText("Camp", { exact: true }).waitFor();
    await mustBeContent(visitor);
  });

  test("an import is undone after a question, and says what went", async () => {
    await page.getByRole("button", { name: m.imports_page_undo() }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(m.imports_page_undo_text({ count: 2 })).waitFor();
    await mustBeContent(visitor);
    await dialog.getByRole("button", { name: m.imports_page_undo() }).click();
    await page.getByText(m.imports_page_undone({ count: 2 })).waitFor({ timeout: 60_000 });
    await page.getByText(m.imports_page_undone_ready()).waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: m.imports_page_undo() }).waitFor({ state: "detached" });
    await mustBeContent(visitor);
  });

  test("daily numbers from a table stand in the audit with the days they cover", async () => {
    await newImport();
    const rows = [`${day(5)},1200,300`, `${day(4)},1210,`, `${day(3)},1240,410`];
    await bringFile(page, { name: "numbers.csv", text: `date,members,views\n${rows.join("\n")}\n` });
    await page.getByText(`${m.imports_metric_members()}, ${m.imports_metric_views()}`).waitFor();
    await page.getByRole("button", { name: m.imports_page_start(), exact: true }).click();
    await page.getByText(m.imports_numbers_done({ count: 5 })).waitFor({ timeout: 60_000 });
    await page.goto(`/console/${SLUG}/audit`);
    const brought = page.getByRole("list", { name: m.analytics_brought_topic() });
    await brought.getByText("1,240").waitFor();
    await brought.getByText(/^\+40 · 3 of \d+ days$/).waitFor();
    await mustBeContent(visitor);
  });

  async function newImport(): Promise<void> {
    await page.goto(`/console/${SLUG}/imports/new`);
    await isAlive(page);
  }
});
