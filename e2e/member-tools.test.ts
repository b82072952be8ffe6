import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import { hasBrowser } from "./browser.ts";
import { SLUG, wholeEvening } from "./evening.ts";
import { firstRow, membersListed } from "./pages.ts";
import { sampleChat } from "./sample-chat.ts";
import { type Sitting, sitDown } from "./sitting.ts";
import { isAlive, mustBeContent, type Visitor } from "./visitor.ts";

const YESTERDAY = Date.now() - 24 * 3_600_000;
const list = `/console/${SLUG}/members`;

const rows = (page: Page) => page.locator("tbody tr");

describe.skipIf(!hasBrowser())("what the team keeps of members", () => {
  const chat = sampleChat({ endsAt: YESTERDAY, days: 120 });
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

  test("tags are put on ticked members, and taken back with one click", async () => {
    await page.goto(`${list}?kind=people&sort=messages`);
    await isAlive(page);
    for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
    await page.getByRole("button", { name: m.members_tag_them(), exact: true }).click();
    await page.getByLabel(m.members_new_tag()).fill("Guest of honour");
    await page.getByRole("button", { name: m.members_put_tag(), exact: true }).click();
    await page.getByText(m.members_tagged({ count: 2 })).waitFor();
    await page.goto(`${list}/segments`);
    await page.getByText(m.members_total_shown({ count: 2, shown: "2" })).waitFor();
    const tag = page.getByRole("link", { name: "Guest of honour" });
    await page.locator("li", { has: tag }).getByRole("button", { name: m.members_delete() }).click();
    await tag.waitFor({ state: "detached" });
    await page.getByRole("button", { name: m.web_undo() }).click();
    await tag.click();
    await expect.poll(() => rows(page).count()).toBe(2);
    await mustBeContent(visitor);
  });

  test("a filter becomes a segment with its count, goes, and comes back", async () => {
    await page.goto(`${list}?kind=people&messages=100`);
    await isAlive(page);
    const found = await rows(page).count();
    await page.getByRole("button", { name: m.members_segment_save() }).click();
    await page.getByRole("dialog").getByLabel(m.members_segment_name()).fill("Regulars");
    await page.getByRole("button", { name: m.members_save(), exact: true }).click();
    await page.waitForURL(/segment=/);
    const belong = async (): Promise<number> => {
      await page.reload();
      return rows(page).count();
    };
    await expect.poll(belong, { interval: 500 }).toBe(found);
    await page.goto(`${list}/segments`);
    await isAlive(page);
    await page.getByText(m.members_total_shown({ count: found, shown: String(found) })).waitFor();
    const link = page.getByRole("link", { name: "Regulars" });
    await page.locator("li", { has: link }).getByRole("button", { name: m.members_delete() }).click();
    await page.getByText(m.members_segment_deleted()).waitFor();
    await page.getByRole("button", { name: m.web_undo() }).click();
    await link.waitFor();
    await mustBeContent(visitor);
  });

  test("a segment's filter is changed with who would belong in sight, and taken back with one click", async () => {
    await page.goto(`${list}/segments`);
    await isAlive(page);
    await page.getByRole("link", { name: m.members_segment_filter() }).click();
    const bar = page.getByRole("region", { name: m.members_segment_filter() });
    const save = bar.getByRole("button", { name: m.members_segment_filter_save() });
    expect(await save.isDisabled()).toBe(true);
    await isAlive(page);
    await page.getByRole("button", { name: m.web_clear_filter({ name: m.members_filter_kind() }) }).click();
    await page.waitForURL((url) => !url.searchParams.has("kind"));
    await save.click();
    await page.waitForURL(/segment=/);
    await page.getByText(m.members_segment_filter_saved({ name: "Regulars" })).waitFor();
    await page.getByRole("button", { name: m.web_undo() }).click();
    await page.getByText(m.members_segment_filter_back({ name: "Regulars" })).waitFor();
    await page.goto(`${list}/segments`);
    const again = page.getByRole("link", { name: m.members_segment_filter() });
    await expect.poll(() => again.getAttribute("href")).toContain("kind=people");
    await mustBeContent(visitor);
  });

  test("a note is written, changed, deleted and brought back beside the reasons of somebody's level", async () => {
    const id = await firstRow(page, `${list}?kind=people&sort=messages`);
    await page.goto(`${list}/${id}`);
    await isAlive(page);
    await page.getByText(m.members_level(), { exact: true }).waitFor();
    await page.getByLabel(m.members_note_label()).fill("Asked for a meetup in spring");
    await page.getByRole("button", { name: m.members_note_write() }).click();
    const note = page.locator("li", { hasText: "Asked for a meetup in spring" });
    await note.waitFor();
    await note.getByRole("button", { name: m.members_note_edit() }).click();
    await page.getByLabel(m.members_note_edit()).fill("Will hold the meetup in spring");
    await page.getByRole("button", { name: m.members_save(), exact: true }).click();
    const changed = page.locator("li", { hasText: "Will hold the meetup in spring" });
    await changed.getByRole("button", { name: m.members_note_delete() }).click();
    await page.getByText(m.members_note_deleted()).waitFor();
    await page.getByRole("button", { name: m.web_undo() }).click();
    await changed.waitFor();
    await mustBeContent(visitor);
  });

  test("the reader chooses the columns, and the browser keeps the choice", async () => {
    await page.goto(list);
    await isAlive(page);
    await page.getByRole("button", { name: m.members_columns() }).click();
    await page.getByLabel(m.members_column_active_days()).check();
    const head = page.getByRole("columnheader", { name: m.members_column_active_days() });
    await head.waitFor();
    await page.reload();
    await head.waitFor();
  });
});
