import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import { testMailServer } from "#src/base/testing/mail-server.ts";
import type { RunningVeche } from "./app.ts";
import { startBeside } from "./app-beside.ts";
import { barriers } from "./barriers.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { SLUG, wholeEvening } from "./evening.ts";
import { sampleChat } from "./sample-chat.ts";
import { isAlive, type Manner, mustBeContent, visit, type Visitor } from "./visitor.ts";

const YESTERDAY = Date.now() - 24 * 3_600_000;
const PASSWORD = "between us only";

describe.skipIf(!hasBrowser())("an audit that is shared", async () => {
  const mail = await testMailServer();
  const chat = sampleChat({ endsAt: YESTERDAY, days: 40 });
  let browser: Browser;
  let veche: RunningVeche;
  let lead: Visitor;

  beforeAll(async () => {
    browser = await openBrowser();
    veche = await startBeside({ VECHE_SMTP_URL: mail.url, VECHE_MAIL_FROM: "Camp <team@camp.example>" });
    lead = await visit(browser, veche.address, { language: "en", width: 1440 });
    await wholeEvening(lead.page, { ownerLink: veche.ownerLink, text: chat.json });
  });
  afterAll(async () => {
    await browser.close();
    await veche.stop();
  });

  /** Makes a link from the page of the audit and returns its address without the server. */
  async function share(name: string, password: string, audit = `/console/${SLUG}/audit`): Promise<string> {
    const { page } = lead;
    await page.goto(audit);
    await isAlive(page);
    await page.getByRole("link", { name: m.analytics_page_share(), exact: true }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel(m.sharing_page_link_name()).fill(name);
    if (password !== "") await form.getByLabel(m.sharing_page_link_password()).fill(password);
    await form.getByRole("button", { name: m.sharing_page_link_new() }).click();
    const address = (await form.locator("code").textContent()) ?? "";
    await page.keyboard.press("Escape");
    await page.getByRole("cell", { name }).waitFor();
    await mustBeContent(lead);
    return new URL(address).pathname;
  }

  function stranger(manner: Manner): Promise<Visitor> {
    return visit(browser, veche.address, manner);
  }

  test("is read without an account, in the reader's language, with nobody named and nothing to be opened", async () => {
    const path = await share("For the board", "");
    const reader = await stranger({ language: "ru", width: 390 });
    const { page } = reader;
    const answer = await page.goto(path);
    expect(answer?.headers()["x-robots-tag"]).toContain("noindex");
    expect(answer?.headers()["cache-control"]).toContain("no-store");
    await page.getByRole("heading", { name: m.analytics_page_title({}, { locale: "ru" }) }).waitFor();
    const html = await page.content();
    expect(html.includes(chat.truth.topAuthor.name)).toBe(false);
    expect(html.includes(m.sharing_member_number({ number: 1 }, { locale: "ru" }))).toBe(true);
    expect(await page.locator("a[href*='/console'], a[href*='/api']").count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await mustBeContent(reader);
    await reader.context.close();
  });

  test("of a saved segment shows that segment alone, and says so before and after", async () => {
    const { page } = lead;
    const answer = await page.request.post(`/api/v1/communities/${SLUG}/segments`, {
      data: { name: "Talkers", filter: { messagesAtLeast: 20 } },
      headers: { origin: veche.address },
    });
    const { id } = (await answer.json()) as { id: string };
    const narrowed = `/console/${SLUG}/audit?savedSegment=${id}`;
    await expect
      .poll(async () => {
        const { items } = (await (await page.request.get(`/api/v1/communities/${SLUG}/segments`)).json()) as {
          items: { members: number | null }[];
        };
        return items[0]?.members ?? 0;
      })
      .toBeGreaterThan(0);
    const path = await share("Only talkers", "", narrowed);
    await page.getByRole("row", { name: /Only talkers.*Talkers/s }).waitFor();
    const reader = await stranger({ language: "en", width: 1440 });
    await reader.page.goto(path);
    await reader.page.getByText(/ · Talkers$/).waitFor();
    await mustBeContent(reader);
    await reader.context.close();
  });

  test("asks for its password once, and a wrong one is told", async () => {
    const path = await share("With a password", PASSWORD);
    const reader = await stranger({ language: "en", width: 1440, theme: "dark" });
    const { page } = reader;
    await page.goto(path);
    await isAlive(page);
    await page.getByLabel(m.analytics_page_locked_password(), { exact: true }).fill("something else");
    await page.keyboard.press("Enter");
    await page.getByText(m.refusal_sharing_wrong_password()).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel(m.analytics_page_locked_password(), { exact: true }).fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: m.analytics_page_headline() }).waitFor();
    await page.reload();
    await page.getByRole("region", { name: m.analytics_page_headline() }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await mustBeContent(reader);
    await reader.context.close();
  });

  test("is gone for everybody when the link is taken back", async () => {
    const path = await share("For a week", "");
    const { page } = lead;
    const row = page.getByRole("row").filter({ hasText: "For a week" });
    await row.getByRole("button", { name: m.sharing_page_link_revoke() }).click();
    await page.getByRole("dialog").getByRole("button", { name: m.sharing_page_link_revoke() }).click();
    await row.getByText(m.sharing_page_state_revoked()).waitFor();
    const reader = await stranger({ language: "en", width: 390 });
    expect((await reader.page.goto(path))?.status()).toBe(404);
    await reader.page.getByText(m.refusal_sharing_link_ended()).waitFor();
    await reader.context.close();
    await mustBeContent(lead);
  });

  test("comes by mail every week, can be tried at once, and rests when it is told to", async () => {
    const { page } = lead;
    await page.goto(`/console/${SLUG}/audit/sharing`);
    await isAlive(page);
    await page.getByRole("button", { name: m.sharing_page_letter_new() }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel(m.sharing_page_readers()).fill("board@camp.example, not an address");
    await form.getByRole("button", { name: m.sharing_page_letter_new() }).click();
    await form.getByRole("alert").waitFor();
    await form.getByLabel(m.sharing_page_readers()).fill("board@camp.example, guest@else.example");
    await form.getByRole("button", { name: m.sharing_page_letter_new() }).click();
    const row = page.getByRole("row").filter({ hasText: "guest@else.example" });
    await row.getByText("Monday, 09:00").waitFor();
    await form.waitFor({ state: "detached" });
    expect(await barriers(page)).toEqual([]);
    await row.getByRole("button", { name: m.sharing_page_letter_actions() }).click();
    await page.getByRole("menuitem", { name: m.sharing_page_letter_test() }).click();
    await page.getByText(m.sharing_page_letter_tested({ to: "owner@dawn.example" })).waitFor();
    await expect.poll(() => mail.arrived.map(({ to }) => to[0])).toEqual(["owner@dawn.example"]);
    await row.getByRole("button", { name: m.sharing_page_letter_actions() }).click();
    await page.getByRole("menuitem", { name: m.sharing_page_letter_pause() }).click();
    await row.getByText(m.sharing_page_paused()).waitFor();
    await mustBeContent(lead);
  });
});
