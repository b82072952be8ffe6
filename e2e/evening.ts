import type { Page } from "playwright-core";
import { m } from "#words";
import type { Locale } from "#words/runtime";
import { isAlive } from "./visitor.ts";

/** Somebody who sets Veche up for the first time. */
export const owner = { name: "Club owner", email: "owner@dawn.example", password: "three plain words" };

/** The address of the community that {@link nameCommunity} makes. */
export const SLUG = "dawn-coffee-club";

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
  await page.getByText(m.imports_page_done_ready({}, { locale })).waitFor({ timeout: 60_000 });
}

/** Everything up to the report, in one go. */
export async function wholeEvening(
  page: Page,
  options: { ownerLink: string; locale: Locale; text: string },
): Promise<void> {
  await becomeOwner(page, options.ownerLink, options.locale);
  await nameCommunity(page, options.locale);
  await bringFile(page, { name: "result.json", text: options.text });
  await importAll(page, options.locale);
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
