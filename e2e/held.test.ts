import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmbedded } from "#src/base/embedded/server.ts";
import { m } from "#words";
import { emptyFolder, type RunningVeche, startVeche } from "./app.ts";
import { barriers } from "./barriers.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { becomeOwner, nameCommunity, owner, SLUG, speak } from "./evening.ts";
import { isAlive, mustBeContent, visit, type Visitor } from "./visitor.ts";

const root = join(import.meta.dirname, "..");

function veche(folder: string, args: readonly string[]): void {
  const env = { ...process.env, VECHE_DATA_DIR: folder, VECHE_PASSPHRASE: "three plain words", LANG: "C" };
  const { status, stderr } = spawnSync(process.execPath, ["src/cli/main.ts", ...args], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

/** Writes into the queue of an install, whether it runs or not. */
async function writeQueue(folder: string, statement: string): Promise<void> {
  const server = await startEmbedded({ dataDir: folder, log: () => undefined });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(statement);
  await client.end();
  await server.stop();
}

/** Work as a process leaves it behind that was killed before it could begin. */
const WAITING = `
  insert into jobs.job (name, data, singleton_key, policy)
  select 'imports.run', jsonb_build_object('community', c.id), c.id || n::text, 'exclusive'
  from communities c, generate_series(1, 3) n`;

/** Work that was given up, and the queue's own count of it, which it makes once a minute. */
const FAILED = `
  insert into jobs.job (name, data, policy, state, retry_count, completed_on, output)
  select 'imports.run', jsonb_build_object('community', c.id), 'exclusive', 'failed', 3, now(), '{"name": "RangeError"}'
  from communities c, generate_series(1, 2) n;
  update jobs.queue set failed_count = 2 where name = 'imports.run'`;

describe.skipIf(!hasBrowser())("an install that was restored from a backup", () => {
  const file = join(emptyFolder(), "whole.veche");
  let browser: Browser;
  let veche1: RunningVeche;
  let restored: RunningVeche;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    veche1 = await startVeche();
    const first = await visit(browser, veche1.address, { language: "en", width: 1440 });
    await becomeOwner(first.page, veche1.ownerLink, "en");
    await nameCommunity(first.page, "en");
    await veche1.end();
    await writeQueue(veche1.folder, WAITING);
    veche(veche1.folder, ["backup", file]);
    const folder = emptyFolder();
    veche(folder, ["restore", file]);
    restored = await startVeche(folder);
    visitor = await visit(browser, restored.address, { language: "en", width: 1440 });
    page = visitor.page;
    await page.goto("/console/sign-in");
    await page.getByLabel(m.accounts_page_email()).fill(owner.email);
    await page.getByLabel(m.accounts_page_password(), { exact: true }).fill(owner.password);
    await page.getByRole("button", { name: m.accounts_page_enter(), exact: true }).click();
    await page.waitForURL(`**/console/${SLUG}/**`);
  });
  afterAll(async () => {
    await browser.close();
    await veche1.stop();
    await restored.stop();
    rmSync(join(file, ".."), { recursive: true, force: true });
  });

  test("says on every page, in both languages and on a telephone, that it is held", async () => {
    for (const locale of ["en", "ru"] as const) {
      await speak(page, locale);
      await page.goto(`/console/${SLUG}/members`);
      await page.getByRole("complementary", { name: m.web_held({}, { locale }) }).waitFor();
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/console/held");
    await page
      .getByText(m.hold_page_open({}, { locale: "ru" }))
      .first()
      .waitFor();
    expect(await barriers(page)).toEqual([]);
    await mustBeContent(visitor);
    await page.setViewportSize({ width: 1440, height: 900 });
    await speak(page, "en");
  });

  test("lets its owner decide about each piece of work, take that back, and then ends the hold", async () => {
    await page.goto("/console/held");
    await isAlive(page);
    const rows = page.locator("tr[data-key]");
    await expect.poll(() => rows.count()).toBe(3);
    const end = page.getByRole("button", { name: m.hold_page_end() });
    expect(await end.isDisabled()).toBe(true);
    await rows.first().getByRole("button", { name: m.hold_page_go() }).click();
    await rows.first().getByText(m.hold_page_will_go()).waitFor();
    await rows.first().getByRole("button", { name: m.web_undo() }).click();
    await rows.first().getByText(m.hold_page_open()).waitFor();
    await page.getByRole("button", { name: m.hold_page_drop_all({ count: 3 }) }).click();
    await page.getByText(m.hold_page_undecided({ count: 0 })).waitFor();
    await end.click();
    await page.getByRole("dialog").getByRole("button", { name: m.hold_page_end() }).click();
    await page.getByText(m.hold_page_none()).waitFor();
    await page.getByRole("complementary", { name: m.web_held() }).waitFor({ state: "detached" });
    await mustBeContent(visitor);
  });

  test("shows its owner what was given up, to be tried again or dropped", async () => {
    await writeQueue(restored.folder, FAILED);
    await page.goto(`/console/${SLUG}/members`);
    await page.getByRole("complementary", { name: m.hold_failed_notice() }).getByRole("link").click();
    const rows = page.locator("tr[data-key]");
    await rows
      .first()
      .getByText(m.hold_failed_tries({ count: 4 }))
      .waitFor();
    await expect.poll(() => rows.count()).toBe(2);
    expect(await barriers(page)).toEqual([]);
    await rows.first().getByRole("button", { name: m.web_try_again() }).filter({ visible: true }).click();
    await page.getByText(m.hold_failed_settled({ count: 1 })).waitFor();
    await rows.first().getByRole("button", { name: m.hold_failed_drop() }).filter({ visible: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: m.hold_failed_drop() }).click();
    await page.getByText(m.hold_failed_none()).waitFor();
    await page.getByRole("complementary", { name: m.hold_failed_notice() }).waitFor({ state: "detached" });
    await mustBeContent(visitor);
  });
});
