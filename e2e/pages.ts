import type { Page } from "playwright-core";
import { SLUG } from "./evening.ts";

/** Pages that are there whatever a community holds. */
const plain = [
  "/console/communities",
  "/console/communities/new",
  "/console/held",
  "/console/failed",
  "/console/settings",
  `/console/${SLUG}/imports`,
  `/console/${SLUG}/imports/new`,
  `/console/${SLUG}/platforms`,
  `/console/${SLUG}/platforms?platform=telegram`,
  `/console/${SLUG}/platforms/connections`,
  `/console/${SLUG}/platforms/outbox`,
  `/console/${SLUG}/platforms/outbox?view=person`,
  `/console/${SLUG}/settings/log`,
  `/console/${SLUG}/members`,
  `/console/${SLUG}/members/suggestions`,
  `/console/${SLUG}/members/segments`,
  `/console/${SLUG}/audit`,
  `/console/${SLUG}/audit/definitions`,
  `/console/${SLUG}/audit/sharing`,
  `/console/${SLUG}/audit/sharing?new=link`,
  `/console/${SLUG}/hub`,
  `/console/${SLUG}/launch`,
  `/console/${SLUG}/hub/groups`,
  `/console/${SLUG}/hub/reports`,
  `/console/${SLUG}/hub/deleted`,
  `/console/${SLUG}/hub/accounts`,
  `/console/${SLUG}/hub/messages`,
  `/console/${SLUG}/feed`,
  `/console/${SLUG}/settings`,
  `/console/${SLUG}/settings/keys`,
  `/console/${SLUG}/settings/team`,
  `/console/${SLUG}/settings/team/invitations`,
  `/console/${SLUG}/settings/roles`,
  `/console/${SLUG}/settings/trail`,
  "/console/communities/trail",
  `/console/${SLUG}/rights`,
  `/console/${SLUG}/rights/consents`,
  `/console/${SLUG}/rights/retention`,
  `/console/${SLUG}/rights/erasures`,
  `/console/${SLUG}/no-such-page`,
  "/api",
];

/** Every page of the console, for somebody signed in to a community with history: those above, and the first of each list. */
export async function everyPage(page: Page): Promise<string[]> {
  const [members, imports] = [`/console/${SLUG}/members`, `/console/${SLUG}/imports`];
  const member = await firstRow(page, members);
  const file = await firstRow(page, imports);
  return [
    ...plain,
    ...(member === undefined
      ? []
      : [`${members}?open=${member}`, `${members}/${member}`, `/console/${SLUG}/rights/person/${member}`]),
    ...(file === undefined ? [] : [`${imports}/${file}`, `${imports}/${file}/skipped`]),
  ];
}

/** What the first row of a list stands for. */
export async function firstRow(page: Page, list: string): Promise<string | undefined> {
  await page.goto(list);
  const row = page.locator("tr[data-key]").first();
  return (await row.count()) === 0 ? undefined : ((await row.getAttribute("data-key")) ?? undefined);
}

/** How often, and how many times, the list of members is looked at before a test gives up: a minute in all. */
const LOOK_MS = 500;
const LOOKS = 120;

/** Waits until the list of members is made: it follows the figures of the audit by a moment. */
export async function membersListed(page: Page): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    await page.goto(`/console/${SLUG}/members`);
    if ((await page.locator("tbody tr").count()) > 10) return;
    await page.waitForTimeout(LOOK_MS);
  }
  throw new Error("the list of members was not made");
}
