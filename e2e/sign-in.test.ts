import { Secret, TOTP } from "otpauth";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import type { RunningVeche } from "./app.ts";
import { startBeside } from "./app-beside.ts";
import { addAuthenticator } from "./authenticator.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { becomeOwner, owner } from "./evening.ts";
import { isAlive, mustBeContent, visit, type Visitor } from "./visitor.ts";

const say = { locale: "en" } as const;

describe.skipIf(!hasBrowser())("signing in", () => {
  let browser: Browser;
  let veche: RunningVeche;
  let visitor: Visitor;
  let secret = "";

  beforeAll(async () => {
    browser = await openBrowser();
    veche = await startBeside();
    visitor = await visit(browser, veche.address, { language: "en", width: 1440 });
    await becomeOwner(visitor.page, veche.ownerLink, "en");
    await addAuthenticator(visitor.page);
  });
  afterAll(async () => {
    await browser.close();
    await veche.stop();
  });
  afterEach(() => mustBeContent(visitor));

  async function signOut(): Promise<void> {
    await visitor.page.goto("/console/settings");
    await isAlive(visitor.page);
    await visitor.page.getByRole("button", { name: m.web_me({ name: owner.name }, say) }).click();
    await visitor.page.getByRole("menuitem", { name: m.web_sign_out({}, say) }).click();
    await visitor.page.waitForURL("**/console/sign-in**");
  }

  async function givePassword(): Promise<void> {
    const { page } = visitor;
    await page.goto("/console/sign-in");
    await isAlive(page);
    await page.getByLabel(m.accounts_page_email({}, say)).fill(owner.email);
    await page.getByLabel(m.accounts_page_password({}, say), { exact: true }).fill(owner.password);
    await page.getByRole("button", { name: m.accounts_page_enter({}, say), exact: true }).click();
  }

  const isIn = () => visitor.page.waitForURL(/\/console\/(?!sign-in)/);

  test("a code app is set up by a square, and backup codes are shown once", async () => {
    const { page } = visitor;
    await page.goto("/console/settings");
    await isAlive(page);
    await page.getByRole("button", { name: m.accounts_page_totp_begin({}, say) }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("img", { name: m.accounts_page_totp_square({}, say) }).waitFor();
    secret = (await dialog.locator("code").textContent()) ?? "";
    // By keyboard alone: the code can be typed at once.
    await expect
      .poll(() =>
        dialog.getByLabel(m.accounts_page_totp_code({}, say)).evaluate((field) => field === document.activeElement),
      )
      .toBe(true);
    await page.keyboard.type(codeOf(secret));
    await page.keyboard.press("Enter");
    await dialog.getByText(m.accounts_page_backup_text({}, say)).waitFor();
    expect(await dialog.locator("ol code").count()).toBe(10);
    await dialog.getByRole("button", { name: m.accounts_page_backup_kept({}, say) }).click();
    await page.getByText(m.accounts_page_backup_left({ count: 10 }, say)).waitFor();
  });

  test("after the password a code is asked for, and a wrong one opens nothing", async () => {
    const { page } = visitor;
    await signOut();
    await givePassword();
    await page.getByRole("heading", { name: m.accounts_page_second({}, say) }).waitFor();
    await isAlive(page);
    await page.getByLabel(m.accounts_page_second_code({}, say)).fill("000000");
    await page.getByRole("button", { name: m.accounts_page_enter({}, say) }).click();
    await page.getByRole("alert").waitFor();
    // The code that confirmed the app was used up by that, so the next one it is.
    await page.getByLabel(m.accounts_page_second_code({}, say)).fill(codeOf(secret, 30_000));
    await page.getByRole("button", { name: m.accounts_page_enter({}, say) }).click();
    await isIn();
  });

  test("a passkey is made, named, and signs in without a password", async () => {
    const { page } = visitor;
    await page.goto("/console/settings");
    await isAlive(page);
    await page.getByRole("button", { name: m.accounts_page_passkey_add({}, say) }).click();
    await page.getByRole("dialog").getByLabel(m.accounts_page_passkey_name({}, say)).fill("Test laptop");
    await page.getByRole("button", { name: m.accounts_page_passkey_make({}, say) }).click();
    await page.getByRole("listitem").filter({ hasText: "Test laptop" }).waitFor();
    await signOut();
    await isAlive(page);
    await page.getByRole("button", { name: m.accounts_page_passkey_sign_in({}, say) }).click();
    await isIn();
  });

  test("after a password the passkey serves as the second factor", async () => {
    const { page } = visitor;
    await signOut();
    await givePassword();
    await page.getByRole("button", { name: m.accounts_page_passkey_use({}, say) }).click();
    await isIn();
  });

  test("what a passkey signed once does not sign in again", async () => {
    const { page } = visitor;
    await signOut();
    await isAlive(page);
    const sent = page.waitForRequest((request) => request.url().endsWith("/api/v1/session/passkey"));
    await page.getByRole("button", { name: m.accounts_page_passkey_sign_in({}, say) }).click();
    const body = (await sent).postData() ?? "";
    await isIn();
    const again = await fetch(`${veche.address}/api/v1/session/passkey`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: veche.address },
      body,
    });
    expect(again.status).toBe(401);
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  test("when the last proof is old, a change asks once more who one is, and then goes on", async () => {
    const { page } = visitor;
    await page.goto("/console/settings");
    await isAlive(page);
    const old = { status: 403, contentType: "application/problem+json", body: '{"code":"accounts.prove-first"}' };
    await page.route("**/api/v1/me/passkeys/*", (route) => route.fulfill(old), { times: 1 });
    const line = page.getByRole("listitem").filter({ hasText: "Test laptop" });
    await line.getByRole("button").click();
    await page.getByRole("menuitem", { name: m.accounts_page_passkey_drop({}, say) }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: m.accounts_page_passkey_drop({}, say) })
      .click();
    const dialog = page.getByRole("dialog").filter({ hasText: m.accounts_page_prove({}, say) });
    await dialog.getByLabel(m.accounts_page_current_password({}, say), { exact: true }).fill("not it at all");
    await dialog.getByRole("button", { name: m.accounts_page_prove_go({}, say) }).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByLabel(m.accounts_page_current_password({}, say), { exact: true }).fill(owner.password);
    await dialog.getByRole("button", { name: m.accounts_page_prove_go({}, say) }).click();
    await line.waitFor({ state: "detached" });
  });
});

/** What a code app shows, now or so many milliseconds from now. */
function codeOf(secret: string, later = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later });
}
