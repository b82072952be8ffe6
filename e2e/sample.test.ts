import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import { barriers } from "./barriers.ts";
import { hasBrowser } from "./browser.ts";
import { becomeOwner, speak } from "./evening.ts";
import { type Sitting, sitDown } from "./sitting.ts";
import { isAlive, mustBeContent, type Visitor } from "./visitor.ts";

const audit = "/console/verdolka/audit";

describe.skipIf(!hasBrowser())("the sample community", () => {
  let sitting: Sitting;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    sitting = await sitDown();
    ({ visitor, page } = sitting);
    await becomeOwner(page, sitting.veche.ownerLink, "en");
  });
  afterAll(() => sitting.end());

  test("is one click away from the first evening, and its audit tells of the contest, the advertising and the raid", async () => {
    await isAlive(page);
    await page.getByRole("button", { name: m.communities_page_sample_make() }).click();
    await page.waitForURL(`**${audit}`);
    await page.getByText("vip-signals.example").first().waitFor();
    await page.getByText("verdolka.example").first().waitFor();
    await mustBeContent(visitor);
  });

  test("is toured in both languages, and every page of it says that it is sample data", async () => {
    for (const locale of ["en", "ru"] as const) {
      await speak(page, locale);
      for (const place of ["audit", "audit/definitions", "members", "imports", "settings"]) {
        await page.goto(`/console/verdolka/${place}`);
        await page.getByRole("complementary", { name: m.web_sample({}, { locale }) }).waitFor();
      }
      expect(await barriers(page)).toEqual([]);
      await page.goto("/console/communities");
      await page.getByText(m.web_sample_tag({}, { locale }), { exact: true }).first().waitFor();
      await mustBeContent(visitor);
    }
  });

  test("lets its files be known as sample files", async () => {
    await speak(page, "en");
    const answer = await page.request.get("/api/v1/communities/verdolka/members.csv");
    expect(answer.headers()["content-disposition"]).toContain("sample-");
  });

  test("is gone after one click, and the way to one's own community is open", async () => {
    await page.goto(audit);
    await isAlive(page);
    await page.getByRole("button", { name: m.web_sample_remove() }).click();
    await page.waitForURL("**/console/communities/new");
    await page.getByRole("button", { name: m.communities_page_sample_make() }).waitFor();
    expect((await page.request.get("/api/v1/communities/verdolka")).status()).toBe(404);
    await mustBeContent(visitor);
  });
});
