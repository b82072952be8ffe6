import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import type { RunningVeche } from "./app.ts";
import { startBeside } from "./app-beside.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { becomeOwner, nameCommunity, SLUG } from "./evening.ts";
import { isAlive, mustBeContent, visit, type Visitor } from "./visitor.ts";

const say = { locale: "en" } as const;
const password = "three other plain words";

describe.skipIf(!hasBrowser())("a team of three", () => {
  let browser: Browser;
  let veche: RunningVeche;
  let owner: Visitor;
  let editor: Visitor;

  beforeAll(async () => {
    browser = await openBrowser();
    veche = await startBeside();
    owner = await visit(browser, veche.address, { language: "en", width: 1440 });
    await becomeOwner(owner.page, veche.ownerLink, "en");
    await nameCommunity(owner.page, "en");
  });
  afterAll(async () => {
    await browser.close();
    await veche.stop();
  });

  /** Invites by link as the owner and returns the link. */
  async function invite(role: string): Promise<string> {
    const { page } = owner;
    await page.goto(`/console/${SLUG}/settings/team`);
    await isAlive(page);
    await page.getByRole("button", { name: m.accounts_page_invite({}, say) }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: m.accounts_page_key_role({}, say) }).click();
    await page.getByRole("option", { name: role }).click();
    await dialog.getByRole("button", { name: m.accounts_page_invite_make({}, say) }).click();
    return (await dialog.locator("code").textContent()) ?? "";
  }

  async function join(page: Page, link: string, person: { name: string; email: string }): Promise<void> {
    await page.goto(link);
    await page
      .getByRole("heading", { name: m.accounts_page_join_title({ community: "Dawn Coffee Club" }, say) })
      .waitFor();
    await page.getByLabel(m.accounts_page_name({}, say)).fill(person.name);
    await page.getByLabel(m.accounts_page_email({}, say)).fill(person.email);
    await page.getByLabel(m.accounts_page_password({}, say), { exact: true }).fill(password);
    await page.getByRole("button", { name: m.accounts_page_join({}, say) }).click();
    await page.waitForURL(`**/console/${SLUG}/**`);
  }

  test("an invited editor makes an account and sees what an editor may see", async () => {
    const link = await invite(m.accounts_role_editor({}, say));
    editor = await visit(browser, veche.address, { language: "en", width: 390 });
    await join(editor.page, link, { name: "Barista", email: "barista@dawn.example" });
    const refused = await editor.page.goto(`/console/${SLUG}/settings/team`);
    expect(refused?.status()).toBe(403);
    await editor.page.goto(`/console/${SLUG}/settings/roles`);
    await editor.page.getByText(m.accounts_page_roles_mine({ role: m.accounts_role_editor({}, say) }, say)).waitFor();
    await mustBeContent({ ...editor, troubles: [] });
  });

  test("the link is dead for the next one who comes with it", async () => {
    const link = await invite(m.accounts_role_analyst({}, say));
    const first = await visit(browser, veche.address, { language: "en", width: 1440 });
    await join(first.page, link, { name: "Counter", email: "counter@dawn.example" });
    const second = await visit(browser, veche.address, { language: "en", width: 1440 });
    await second.page.goto(link);
    await second.page.getByText(m.accounts_page_link_dead_title({}, say)).waitFor();
    await first.context.close();
    await second.context.close();
  });

  test("the owner gives the editor another role", async () => {
    const { page } = owner;
    await page.goto(`/console/${SLUG}/settings/team`);
    await isAlive(page);
    await page.getByRole("button", { name: m.accounts_page_staff_menu({ name: "Barista" }, say) }).click();
    await page.getByRole("menuitem", { name: m.accounts_page_role_change({}, say) }).click();
    await page.getByRole("combobox", { name: m.accounts_page_key_role({}, say) }).click();
    await page.getByRole("option", { name: m.accounts_role_moderator({}, say) }).click();
    await page.getByRole("button", { name: m.accounts_page_save({}, say) }).click();
    const row = page.getByRole("row").filter({ hasText: "Barista" });
    await row.getByText(m.accounts_role_moderator({}, say), { exact: true }).waitFor();
    await mustBeContent(owner);
  });

  test("without letters the owner passes on a link, and the person sets a new password", async () => {
    const { page } = owner;
    await page.getByRole("button", { name: m.accounts_page_staff_menu({ name: "Barista" }, say) }).click();
    await page.getByRole("menuitem", { name: m.accounts_page_reset_make({}, say) }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: m.accounts_page_reset_make({}, say) }).click();
    const link = (await dialog.locator("code").textContent()) ?? "";
    await editor.page.goto(link);
    await editor.page.getByLabel(m.accounts_page_next_password({}, say), { exact: true }).fill("yet another password");
    await editor.page.getByRole("button", { name: m.accounts_page_reset_save({}, say) }).click();
    await editor.page.getByText(m.accounts_page_reset_done({}, say)).waitFor();
    await editor.page.goto(`/console/${SLUG}/members`);
    await editor.page.waitForURL("**/console/sign-in**");
  });

  test("whoever is taken out of the team sees nothing of the community any more", async () => {
    const { page } = owner;
    await page.goto(`/console/${SLUG}/settings/team`);
    await isAlive(page);
    await page.getByRole("button", { name: m.accounts_page_staff_menu({ name: "Barista" }, say) }).click();
    await page.getByRole("menuitem", { name: m.accounts_page_staff_remove({}, say) }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: m.accounts_page_staff_remove({}, say) })
      .click();
    await page.getByRole("row").filter({ hasText: "Barista" }).waitFor({ state: "detached" });
    await editor.page.getByLabel(m.accounts_page_email({}, say)).fill("barista@dawn.example");
    await editor.page.getByLabel(m.accounts_page_password({}, say), { exact: true }).fill("yet another password");
    await editor.page.getByRole("button", { name: m.accounts_page_enter({}, say), exact: true }).click();
    await editor.page.waitForURL((url) => !url.pathname.includes("sign-in"));
    expect((await editor.page.goto(`/console/${SLUG}/members`))?.status()).toBe(404);
    await mustBeContent({ ...editor, troubles: [] });
  });
});
