import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import { hasBrowser } from "./browser.ts";
import { becomeOwner, bringFile, importAll, nameCommunity, SLUG } from "./evening.ts";
import { sampleChat } from "./sample-chat.ts";
import { type Sitting, sitDown } from "./sitting.ts";
import { isAlive, mustBeContent, type Visitor } from "./visitor.ts";

const YESTERDAY = Date.now() - 24 * 3_600_000;

/** Larger than two of the pieces in which files are sent, so that a line can break between them. */
const LARGE_BYTES = 20 * 1024 * 1024;

describe.skipIf(!hasBrowser())("bringing files of every sort", () => {
  const folder = mkdtempSync(join(tmpdir(), "veche-files-"));
  let sitting: Sitting;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    sitting = await sitDown();
    ({ visitor, page } = sitting);
    await becomeOwner(page, sitting.veche.ownerLink, "en");
    await nameCommunity(page, "en");
  });
  afterAll(async () => {
    await sitting.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test("an audit that lies open fills itself when history arrives", async () => {
    const audit = await visitor.context.newPage();
    await audit.goto(`/console/${SLUG}/audit`);
    await audit.getByText(m.analytics_page_empty_title()).waitFor();
    await isAlive(audit);
    await bring("result.json", sampleChat({ endsAt: YESTERDAY, days: 3 }).json);
    await importAll(page, "en");
    await audit.getByRole("region", { name: m.analytics_page_headline() }).waitFor();
    await audit.close();
    await mustBeContent(visitor);
  });

  test("a table with columns of its own is asked about, and the preview follows each answer", async () => {
    const rows = ["when;who;what", "2026-03-01 18:20;Vera;Hello!", '2026-03-01 18:21;Oleg;"Welcome; Vera"', "broken"];
    await bring("export.csv", rows.join("\n"));
    await page.getByText(m.imports_page_start_not_yet()).waitFor();
    await answer(m.imports_field_sent_at(), "when");
    await answer(m.imports_field_author_name(), "who");
    await answer(m.imports_field_text(), "what");
    await page.getByRole("cell", { name: "Welcome; Vera" }).waitFor();
    await page.getByRole("cell", { name: "1 Mar 2026, 18:20" }).waitFor();
    await importAll(page, "en");
    await page.getByText(m.imports_reason_wrong_columns()).click();
    await page.getByText("broken", { exact: true }).waitFor();
    await mustBeContent(visitor);
  });

  test("of a whole account only the ticked chats go in, and private ones are not ticked", async () => {
    const club = JSON.parse(sampleChat({ endsAt: YESTERDAY, days: 3 }).json) as object;
    const secret = { name: "Mother", type: "personal_chat", id: 5, messages: [line(1, "a private word")] };
    const second = { name: "Second chat", type: "private_supergroup", id: 6, messages: [line(1, "a public word")] };
    await bring("account.json", JSON.stringify({ chats: { list: [club, secret, second] } }));
    expect(await page.getByRole("checkbox", { name: "Mother" }).isChecked()).toBe(false);
    await page.getByRole("checkbox", { name: "Second chat" }).uncheck();
    await importAll(page, "en");
    const chats = page.getByRole("list", { name: m.imports_page_spaces_topic() });
    await expect.poll(() => chats.getByRole("listitem").count()).toBe(1);
    await mustBeContent(visitor);
  });

  test("what is no history is refused in words, with a way back", async () => {
    await bring("picture.json", "\u0089PNG not at all");
    await page.getByText(m.imports_page_not_understood()).waitFor();
    await page.getByRole("link", { name: m.imports_page_other_file() }).click();
    await page.getByText(m.imports_page_drop_title()).waitFor();
    await mustBeContent(visitor);
  });

  test("a large file goes on where it stopped after the page was closed and the line broke", async () => {
    const file = join(folder, "large.jsonl");
    writeFileSync(file, largeFile());
    await newImport();
    const first = page.waitForResponse((answered) => answered.request().method() === "PUT");
    await page.locator("input[type=file]").setInputFiles(file);
    await first;
    await page.close({ runBeforeUnload: false });

    page = await visitor.context.newPage();
    await newImport();
    await page.getByText(/large\.jsonl.*%/).waitFor();
    const places: number[] = [];
    page.on("request", (request) => {
      if (request.method() === "PUT") places.push(Number(new URL(request.url()).searchParams.get("from")));
    });
    let broken = false;
    await page.route(/\/uploads\/[^/]+\?from=/, (route) => {
      if (broken) return route.continue();
      broken = true;
      return route.abort("connectionreset");
    });
    await page.locator("input[type=file]").setInputFiles(file);
    await page.waitForURL(/\/imports\/new\/[^/]+$/, { timeout: 60_000 });
    expect(places[0]).toBeGreaterThan(0);
    expect(places[1]).toBe(places[0]);
  });

  async function newImport(): Promise<void> {
    await page.goto(`/console/${SLUG}/imports/new`);
    await isAlive(page);
  }

  async function bring(name: string, text: string): Promise<void> {
    await newImport();
    await bringFile(page, { name, text });
  }

  async function answer(field: string, column: string): Promise<void> {
    await isAlive(page);
    await page.getByRole("combobox", { name: field }).first().click();
    await page.getByRole("option", { name: column }).first().click();
    await page.waitForURL((url) => [...url.searchParams.values()].includes(column));
  }
});

function line(id: number, text: string): object {
  const at = Math.floor(YESTERDAY / 1000) + id;
  return {
    id,
    type: "message",
    date: "2026-03-01T10:00:00",
    date_unixtime: String(at),
    from: "Bob",
    from_id: "user6",
    text,
  };
}

function largeFile(): string {
  const row = `${JSON.stringify({ sentAt: "2026-03-01T18:20:05Z", authorId: "17", authorName: "Vera", text: "word ".repeat(2000) })}\n`;
  return row.repeat(Math.ceil(LARGE_BYTES / row.length));
}
