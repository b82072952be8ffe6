import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";
import { m } from "#words";
import type { Locale } from "#words/runtime";
import { isAlive, ZONE } from "./visitor.ts";

/** Somebody who sets Veche up for the first time. */
export const owner = { name: "Club owner", email: "owner@dawn.example", password: "three plain words" };

/** The address of the community that {@link nameCommunity} makes. */
export const SLUG = "dawn-coffee-club";

/** A few thousand messages, and a machine that does other things as well. In milliseconds. */
const COUNTED_WITHIN_MS = 60_000;

const DESK = `/communities/${SLUG}`;

/** Opens the one-time link and makes the owner's account; ends on the page that asks for a community. */
export async function becomeOwner(page: Page, ownerLink: string, locale: Locale): Promise<void> {
  await page.goto(ownerLink);
  await page.getByLabel(m.accounts_page_name({}, { locale })).fill(owner.name);
  await page.getByLabel(m.accounts_page_email({}, { locale })).fill(owner.email);
  await page.getByLabel(m.accounts_page_password({}, { locale }), { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: m.accounts_page_create_account({}, { locale }) }).click();
  await page.waitForURL("**/console/communities/new");
}

/** Makes the first community; ends on the page that asks for its history. */
export async function nameCommunity(page: Page, locale: Locale): Promise<void> {
  await page.getByLabel(m.communities_page_name({}, { locale }), { exact: true }).fill("Dawn Coffee Club");
  await page.getByRole("button", { name: m.communities_page_continue({}, { locale }) }).click();
  await page.waitForURL(`**/console/${SLUG}/imports/new`);
}

/** Brings a file from the page that asks for one; ends on the page that shows what is in it. */
export async function bringFile(page: Page, file: { name: string; text: string }): Promise<void> {
  await isAlive(page);
  const { name, text } = file;
  await page
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  await page.waitForURL(/\/imports\/new\/[^/]+$/);
}

/** Starts the import and waits until its report is there and the audit has been counted. */
export async function importAll(page: Page, locale: Locale): Promise<void> {
  await page.getByRole("button", { name: m.imports_page_start({}, { locale }), exact: true }).click();
  await page.waitForURL(/\/imports\/(?!new)[^/]+$/);
  await page.getByText(m.imports_page_done_ready({}, { locale })).waitFor({ timeout: COUNTED_WITHIN_MS });
}

/** What the page would send; answers with what the server said. */
async function send(page: Page, path: string, { method = "POST", data }: { method?: string; data?: unknown } = {}) {
  const url = new URL(`/api/v1${path}`, page.url());
  const answer = await page.request.fetch(url.href, { method, data, headers: { origin: url.origin } });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  // Tests read the two or three fields they know.
  return (await answer.json()) as Readonly<Record<string, unknown>>;
}

/**
 * Owner, community and a counted history, told to the API as the pages would tell it: `first-evening.test.ts` walks the
 * pages themselves. Ends on the community's front page.
 */
export async function wholeEvening(
  page: Page,
  { ownerLink, text }: { ownerLink: string; text: string },
): Promise<void> {
  await page.goto(ownerLink);
  await send(page, `/start-links/${new URL(ownerLink).pathname.split("/").at(-1)}/claim`, { data: owner });
  await send(page, "/communities", { data: { name: "Dawn Coffee Club", language: "en", timeZone: ZONE } });
  const history = Buffer.from(text);
  const { id: upload } = await send(page, `${DESK}/uploads`, { data: { name: "result.json", bytes: history.length } });
  await send(page, `${DESK}/uploads/${String(upload)}?from=0`, { method: "PUT", data: history });
  const { id } = await send(page, `${DESK}/imports`, { data: { upload } });
  const isReady = async () => (await send(page, `${DESK}/imports/${String(id)}`, { method: "GET" }))["auditReady"];
  const late = Date.now() + COUNTED_WITHIN_MS;
  while ((await isReady()) !== true) {
    if (Date.now() > late) throw new Error("The audit is still not counted.");
    await setTimeout(100);
  }
  await page.goto(`/console/${SLUG}`);
}

/** Has every page speak this language, by the switch that stands on all of them. */
export async function speak(page: Page, locale: Locale): Promise<void> {
  await page.goto("/console/settings");
  if ((await page.locator("html").getAttribute("lang")) === locale) return;
  const other = locale === "en" ? "ru" : "en";
  await page.getByRole("button", { name: m.web_language_to({}, { locale }) }).click();
  await page.locator(`html[lang=${locale}]`).waitFor();
  await page.locator(`html[lang=${other}]`).waitFor({ state: "detached" });
}
