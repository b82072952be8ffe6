import type { Page } from "playwright-core";
import { SLUG } from "./evening.ts";

/** Pages that are there whatever a community holds. */
const plain = [
  "/console/communities",
  "/console/communities/new",
  "/console/settings",
  `/console/${SLUG}/imports`,
  `/console/${SLUG}/imports/new`,
  `/console/${SLUG}/members`,
  `/console/${SLUG}/audit`,
  `/console/${SLUG}/audit/definitions`,
  `/console/${SLUG}/settings`,
  `/console/${SLUG}/settings/keys`,
  `/console/${SLUG}/no-such-page`,
  "/api",
];

/** Every page of the console, for somebody signed in to a community with history: those above, and the first of each list. */
export async function everyPage(page: Page): Promise<string[]> {
  const found = [...plain];
  const member = await firstLink(page, `/console/${SLUG}/members`, "a[data-row-link]");
  const file = await firstLink(page, `/console/${SLUG}/imports`, "a[data-row-link]");
  if (member !== undefined) found.push(member);
  if (file !== undefined) found.push(file, `${file}/skipped`);
  return found;
}

async function firstLink(page: Page, list: string, selector: string): Promise<string | undefined> {
  await page.goto(list);
  const link = page.locator(selector).first();
  return (await link.count()) === 0 ? undefined : ((await link.getAttribute("href")) ?? undefined);
}
