import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import { barriers } from "./barriers.ts";
import { hasBrowser } from "./browser.ts";
import { SLUG, wholeEvening } from "./evening.ts";
import { firstRow, membersListed } from "./pages.ts";
import { sampleChat } from "./sample-chat.ts";
import { type Sitting, sitDown } from "./sitting.ts";
import { isAlive, mustBeContent, type Visitor } from "./visitor.ts";

const YESTERDAY = Date.now() - 24 * 3_600_000;
const rights = `/console/${SLUG}/rights`;
const list = `/console/${SLUG}/members`;

describe.skipIf(!hasBrowser())("the rights of people in a community", () => {
  let sitting: Sitting;
  let visitor: Visitor;
  let page: Page;
  let member = "";
  let name = "";

  beforeAll(async () => {
    sitting = await sitDown();
    ({ visitor, page } = sitting);
    const text = sampleChat({ endsAt: YESTERDAY, days: 20 }).json;
    await wholeEvening(page, { ownerLink: sitting.veche.ownerLink, text });
    await membersListed(page);
    member = (await firstRow(page, `${list}?sort=messages`)) ?? "";
    name = (await page.locator(`tr[data-key="${member}"] [data-row-link] bdi`).first().textContent()) ?? "";
  });
  afterAll(() => sitting.end());

  /** Nothing is in the way at a desk, and on a telephone the page does not scroll sideways. */
  async function look(name: string): Promise<void> {
    await isAlive(page);
    const folder = process.env["VECHE_PICTURES"];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-1440.png` });
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-390.png` });
    await mustBeContent(visitor);
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  test("a request is written down with the day on which it is due, answered and opened again", async () => {
    await page.goto(rights);
    await isAlive(page);
    await page.getByRole("button", { name: m.rights_request_new() }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel(m.rights_request_asked_by()).fill("somebody@mail.example");
    await form.getByRole("combobox", { name: m.rights_request_member() }).fill(name);
    await page.getByRole("option", { name }).first().click();
    await form.getByRole("button", { name: m.rights_request_new() }).click();
    await page.getByRole("link", { name: m.rights_kind_access() }).waitFor();
    await form.waitFor({ state: "detached" });
    await look("requests");
    await page.getByRole("link", { name: m.rights_kind_access() }).click();
    await page.getByRole("textbox", { name: m.rights_request_answer() }).fill("Here it is.");
    await look("request");
    await page.getByRole("button", { name: m.rights_request_close() }).click();
    await page.getByRole("button", { name: m.rights_request_reopen() }).click();
    await page.getByRole("button", { name: m.rights_request_refuse() }).waitFor();
  });

  test("a consent is written down with its wording, and taken back", async () => {
    await page.goto(`${rights}/consents`);
    await isAlive(page);
    await page.getByRole("button", { name: m.rights_text_new() }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel(m.rights_text_purpose()).fill("Newsletter");
    await form.getByLabel(m.rights_text_text()).fill("I want one letter a month.");
    await form.getByRole("button", { name: m.rights_text_new() }).click();
    await page.getByText("I want one letter a month.").waitFor();
    await page.goto(`${rights}/person/${member}`);
    await isAlive(page);
    await page.getByLabel(m.rights_consent_where()).fill("in the chat");
    await page.getByRole("button", { name: m.rights_consent_new() }).click();
    await page.getByRole("button", { name: m.rights_consent_withdraw() }).waitFor();
    await look("person");
    await page.goto(`${rights}/consents`);
    await look("consents");
    await page.getByRole("button", { name: m.rights_consent_withdraw() }).click();
    await page.getByRole("dialog").getByRole("button", { name: m.rights_consent_withdraw() }).click();
    await page.getByRole("button", { name: m.rights_consent_withdraw() }).waitFor({ state: "detached" });
  });

  test("a storage period tells what it would remove before it is set", async () => {
    await page.goto(`${rights}/retention`);
    await isAlive(page);
    await page.getByRole("button", { name: m.rights_keep_title({ name: m.rights_keep_message_texts() }) }).click();
    await page.getByRole("combobox", { name: m.rights_keep_period() }).click();
    await page.getByRole("option", { name: m.rights_days({ count: 30 }), exact: true }).click();
    await page.getByText(m.rights_keep_would({ count: 0 })).waitFor();
    await page.getByRole("button", { name: m.rights_keep_save() }).click();
    await page.getByText(`${m.rights_keep_message_texts()}: ${m.rights_days({ count: 30 })}`).waitFor();
    await look("retention");
  });

  test("a person's data is taken along, then erased while one watches", async () => {
    await page.goto(`${list}/${member}`);
    await page.getByRole("link", { name: m.rights_of_this_person() }).click();
    await isAlive(page);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: m.rights_archive_to_read() }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.html$/);
    await page.getByRole("button", { name: m.rights_erase_verb() }).click();
    await page.getByRole("dialog").getByRole("button", { name: m.rights_erase_verb() }).click();
    await page.getByText(m.rights_erasure_nothing_left()).waitFor({ timeout: 60_000 });
    await look("erased");
    await page.goto(`${rights}/erasures`);
    await page.getByText(m.rights_erasure_done(), { exact: true }).waitFor();
    await look("erasures");
  });

  test("all of it stands in the audit log, with who did it", async () => {
    await page.goto(`/console/${SLUG}/settings/trail`);
    for (const did of [m.trail_did_erase_person(), m.trail_did_finish_erasure(), m.trail_did_add_consent()])
      await page.getByRole("cell", { name: did }).first().waitFor();
    await look("trail");
    await page.getByRole("button", { name: m.trail_what(), exact: true }).click();
    await page.getByRole("menuitem", { name: m.trail_did_erase_person() }).click();
    await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
    await page.goto("/console/communities/trail");
    await page.getByRole("cell", { name: m.trail_did_create_community() }).first().waitFor();
    await look("install-trail");
  });

  test("a community is deleted by its name and brought back with one click", async () => {
    await page.goto(`/console/${SLUG}/settings`);
    await isAlive(page);
    await look("settings");
    await page.getByRole("button", { name: m.communities_page_delete_verb() }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("textbox").fill("another name");
    await form.getByRole("button", { name: m.communities_page_delete_verb() }).click();
    await form.getByRole("alert").waitFor();
    const label = (await form.locator("label").textContent()) ?? "";
    await form.getByRole("textbox").fill(label.split(": ").at(-1) ?? "");
    await form.getByRole("button", { name: m.communities_page_delete_verb() }).click();
    await page.getByRole("button", { name: m.communities_page_restore() }).waitFor();
    await form.waitFor({ state: "detached" });
    await look("deleted");
    await page.getByRole("button", { name: m.communities_page_restore() }).click();
    await page.locator(`a[href="/console/${SLUG}"]`).first().waitFor();
  });
});
