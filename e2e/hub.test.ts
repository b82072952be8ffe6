import type { Page, Response } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { m } from "#words";
import type { Locale } from "#words/runtime";
import { addAuthenticator } from "./authenticator.ts";
import { barriers } from "./barriers.ts";
import { hasBrowser } from "./browser.ts";
import { becomeOwner, nameCommunity, SLUG } from "./evening.ts";
import { type Sitting, sitDown } from "./sitting.ts";
import { isAlive, type Manner, mustBeContent, visit, type Visitor } from "./visitor.ts";

const HUB = `/c/${SLUG}`;
const PASSWORD = "beans water patience";
/** Thirty pages, with all rules: half a minute, and more on a machine that has much else to do. */
const TOUR_MS = 240_000;

/** A page of the hub with its style, as it goes over the wire; the issue allows 40 kB. */
const MOST_BYTES = 40 * 1024;

/** Joins the hub by its form, and says by which address. */
async function join({ page }: Visitor, name: string, locale: Locale): Promise<string> {
  const say = { locale };
  const email = `member-${Date.now()}@dawn.example`;
  await page.goto(`${HUB}/join`);
  await page.getByLabel(m.hub_field_name({}, say)).fill(name);
  await page.getByLabel(m.hub_field_email({}, say)).fill(email);
  await page.getByLabel(m.hub_field_password({}, say)).fill(PASSWORD);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: m.hub_join({}, say), exact: true }).click();
  await page.waitForURL(`**${HUB}`);
  return email;
}

/** Leaves the hub and wants everything deleted, then comes back and stays; a guest looks at what they wrote meanwhile. */
async function leaveAndStay(
  { page }: Visitor,
  { email, locale, look }: { email: string; locale: Locale; look: () => Promise<number | undefined> },
): Promise<void> {
  const say = { locale };
  await page.goto(`${HUB}/me/leave`);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("radio", { name: m.hub_leave_deleted({}, say) }).check();
  await page.getByRole("button", { name: m.hub_leave({}, say), exact: true }).click();
  await page.waitForURL(`**${HUB}/left`);
  expect(await barriers(page)).toEqual([]);
  await expect.poll(look).toBe(410);
  await page.goto(`${HUB}/sign-in`);
  await page.getByLabel(m.hub_field_email({}, say)).fill(email);
  await page.getByLabel(m.hub_field_password({}, say)).fill(PASSWORD);
  await page
    .getByRole("main")
    .getByRole("button", { name: m.hub_nav_sign_in({}, say), exact: true })
    .click();
  await page.waitForURL(`**${HUB}/leaving`);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: m.hub_leaving_stay({}, say), exact: true }).click();
  await page.waitForURL(`**${HUB}`);
  await expect.poll(look).toBe(200);
}

/** Opens a question by its form; ends on its page. */
async function ask(page: Page, locale: Locale, title: string): Promise<void> {
  const say = { locale };
  await page
    .getByRole("link", { name: m.hub_nav_new_topic({}, say) })
    .first()
    .click();
  await page.getByLabel(m.hub_field_title({}, say)).fill(title);
  await page.getByLabel(m.hub_field_text({}, say), { exact: true }).fill("Мелкий или **крупный** помол?");
  await page.getByRole("button", { name: m.hub_publish({}, say) }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

describe.skipIf(!hasBrowser())("a hub of the community's own", () => {
  let sitting: Sitting;
  const open = async (manner: Manner, scripts: boolean): Promise<Visitor> => {
    const visitor = await visit(sitting.browser, sitting.veche.address, manner);
    if (scripts) return visitor;
    const context = await sitting.browser.newContext({
      baseURL: sitting.veche.address,
      javaScriptEnabled: false,
      locale: "ru-RU",
      viewport: { width: manner.width, height: 844 },
    });
    return { ...visitor, context, page: await context.newPage() };
  };

  beforeAll(async () => {
    sitting = await sitDown();
    const { page, veche } = sitting;
    await becomeOwner(page, veche.ownerLink, "en");
    await nameCommunity(page, "en");
    await page.goto(`/console/${SLUG}/hub`);
    await isAlive(page);
    await page.getByRole("button", { name: m.hub_page_switch_on() }).click();
    await page.getByRole("link", { name: m.hub_page_open() }).waitFor();
  });
  afterAll(() => sitting.end());

  test("without script in one browser and on a phone in the other, a question is asked, answered and accepted", async () => {
    const asker = await open({ language: "ru", width: 390 }, false);
    const helper = await open({ language: "en", width: 1440 }, true);
    await join(asker, "клара", "ru");
    await ask(asker.page, "ru", "Какой помол для кемекса?");
    const address = new URL(asker.page.url()).pathname;
    await join(helper, "boris", "en");
    await helper.page.goto(address);
    await helper.page.getByLabel(m.hub_field_reply()).fill("Крупный, @клара.");
    await helper.page.getByRole("button", { name: m.hub_reply(), exact: true }).click();
    await helper.page.locator("#post-2").waitFor();
    await asker.page.goto(address);
    await asker.page.getByRole("button", { name: m.hub_accept({}, { locale: "ru" }) }).click();
    await asker.page.locator("#post-2.accepted").waitFor();
    await helper.page.goto(HUB);
    expect(await helper.page.getByText(m.hub_solved()).count()).toBeGreaterThan(0);
    await helper.page.goto(`${HUB}/notifications`);
    await helper.page.getByRole("link", { name: m.hub_notice_accepted() }).waitFor();
    await mustBeContent(helper);
  });

  test("two members talk live, the question gets its answer, search finds it, and the team sees and counts it", async () => {
    const say = { locale: "ru" } as const;
    const asker = await open({ language: "ru", width: 390 }, true);
    const helper = await open({ language: "en", width: 1440 }, true);
    await join(asker, "вера", "ru");
    await helper.page.goto(`${HUB}/topics`);
    await ask(asker.page, "ru", "Как чистить кофемолку?");
    await helper.page
      .locator(".live-bar")
      .getByText(m.hub_live_new_topics({ count: 1 }))
      .waitFor();
    const address = new URL(asker.page.url()).pathname;
    await join(helper, "gleb", "en");
    await helper.page.goto(address);
    const field = helper.page.getByLabel(m.hub_field_reply());
    await field.fill("Щёткой, раз в ");
    await helper.page.reload();
    await helper.page.getByText(/Draft kept/).waitFor();
    await field.pressSequentially("неделю");
    await field.press("ControlOrMeta+a");
    await helper.page.getByRole("button", { name: m.hub_tool_bold() }).click();
    expect(await field.inputValue()).toBe("**Щёткой, раз в неделю**");
    await helper.page.getByRole("button", { name: m.hub_preview() }).click();
    await helper.page.locator(".preview strong").waitFor();
    // Pressed twice, it is sent once; the page stays, and the field is empty again.
    await helper.page.getByRole("button", { name: m.hub_reply(), exact: true }).dblclick();
    await helper.page.locator("#post-2").waitFor();
    await expect.poll(() => field.inputValue()).toBe("");
    await helper.page.locator("#post-2:focus").waitFor();
    await asker.page.locator("#post-2 strong").waitFor();
    await asker.page.getByRole("button", { name: m.hub_accept({}, say) }).click();
    await helper.page.locator("#post-2.accepted").waitFor();
    expect(await helper.page.locator("#post-3").count()).toBe(0);
    await mustBeContent(asker);
    // A name is chosen from those that its first letters may mean; the field keeps the focus.
    await field.pressSequentially("Спасибо, @Ве");
    const names = helper.page.getByRole("listbox", { name: m.hub_names() });
    await names.getByRole("option", { name: "вера", selected: true }).waitFor();
    expect(await barriers(helper.page)).toEqual([]);
    await field.press("Enter");
    await names.waitFor({ state: "hidden" });
    expect(await field.inputValue()).toBe("Спасибо, @вера ");
    await asker.page.goto(`${HUB}/new`);
    await asker.page.getByLabel(m.hub_field_title({}, say)).pressSequentially("Чистка кофемолки");
    await asker.page.locator("#similar a").first().waitFor();
    const { page } = sitting;
    const found = async (): Promise<boolean> => {
      await helper.page.goto(`${HUB}/search?q=${encodeURIComponent("кофемолками")}`);
      return (await helper.page.getByRole("link", { name: "Как чистить кофемолку?" }).count()) > 0;
    };
    await expect.poll(found).toBe(true);
    const talkers = async (): Promise<string[]> => {
      const answer = await page.request.get(new URL(`/api/v1/communities/${SLUG}/audit`, page.url()).href);
      // What the API says of itself.
      const { top } = (await answer.json()) as { top: { member: { name: string } }[] };
      return top.map(({ member }) => member.name).filter((name) => name === "вера" || name === "gleb");
    };
    await expect.poll(talkers, { interval: 500 }).toHaveLength(2);
    await page.goto(`/console/${SLUG}/members`);
    await page.getByText("вера").first().waitFor();
  });

  test("somebody joins with a passkey alone, and comes back with one press of a button", async () => {
    const member = await open({ language: "en", width: 390 }, true);
    const { page } = member;
    await addAuthenticator(page);
    await page.goto(`${HUB}/join`);
    await page.getByLabel(m.hub_field_name()).fill("keyholder");
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: m.hub_passkey_join() }).click();
    await page.waitForURL(`**${HUB}`);
    await page.goto(`${HUB}/me`);
    await page.getByRole("button", { name: m.hub_sign_out() }).click();
    await page.waitForURL(`**${HUB}`);
    await page.goto(`${HUB}/sign-in?to=${HUB}/me/access`);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: m.hub_passkey_sign_in() }).click();
    await page.waitForURL(`**${HUB}/me/access`);
    await page.locator("#passkeys li").getByText(m.hub_passkey_used()).waitFor();
    expect(await barriers(page)).toEqual([]);
    await mustBeContent(member);
  });

  test(
    "nothing stands in anybody's way, by day and by night, at a desk and on a phone",
    { timeout: TOUR_MS },
    async () => {
      const manners: readonly Manner[] = [
        { language: "en", width: 1440, theme: "light" },
        { language: "ru", width: 390, theme: "dark" },
      ];
      for (const manner of manners) {
        const guest = await open(manner, true);
        const member = await open(manner, true);
        const email = await join(member, `member-${manner.language}`, manner.language);
        await ask(member.page, manner.language, `Question ${manner.language}`);
        const topic = new URL(member.page.url()).pathname;
        for (const path of [
          HUB,
          `${HUB}/topics`,
          topic,
          `${HUB}/join`,
          `${HUB}/sign-in`,
          `${HUB}/rules`,
          `${HUB}/search?q=question&solved=no`,
        ]) {
          await guest.page.goto(path);
          expect(await barriers(guest.page)).toEqual([]);
          await mustBeContent(guest);
        }
        const own = ["notifications", "notifications/settings", "messages"].map((each) => `${HUB}/${each}`);
        for (const path of [HUB, topic, `${HUB}/new`, `${HUB}/me`, ...own]) {
          await member.page.goto(path);
          expect(await barriers(member.page)).toEqual([]);
          await mustBeContent(member);
        }
        const look = async () => (await guest.page.goto(topic))?.status();
        await leaveAndStay(member, { email, locale: manner.language, look });
        await guest.context.close();
        await member.context.close();
      }
    },
  );

  test("a page of the hub is light, and nothing on it moves while it loads", async () => {
    const guest = await open({ language: "en", width: 390 }, true);
    const answers: Response[] = [];
    // The line over which the page hears what is new never ends, and weighs nothing.
    guest.page.on("response", (response) => {
      if (response.request().resourceType() !== "eventsource") answers.push(response);
    });
    await guest.page.goto(`${HUB}/topics`, { waitUntil: "networkidle" });
    // The browser tells shifts to observers alone; those before the observer came are told at once.
    const shift = await guest.page.evaluate(
      () =>
        new Promise<number>((done) => {
          let shifts = 0;
          new PerformanceObserver((list) => (shifts += list.getEntries().length)).observe({
            type: "layout-shift",
            buffered: true,
          });
          setTimeout(() => done(shifts), 300);
        }),
    );
    expect(shift).toBe(0);
    const sizes = await Promise.all(answers.map(async (each) => (await each.request().sizes()).responseBodySize));
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  });
});
