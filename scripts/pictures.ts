import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { m } from "#words";
import { type Locale, locales } from "#words/runtime";
import { startVeche } from "../e2e/app.ts";
import { openBrowser } from "../e2e/browser.ts";
import { bringFile, SLUG, speak, wholeEvening } from "../e2e/evening.ts";
import { firstRow } from "../e2e/pages.ts";
import { sampleChat } from "../e2e/sample-chat.ts";
import { isAlive, type Manner, visit } from "../e2e/visitor.ts";

// Makes the pictures of the documentation: starts Veche on an empty folder, imports the sample community, and looks at
// its pages. Run after the pages are built: `node scripts/pictures.ts`.

const folder = join(import.meta.dirname, "..", "docs", "pictures");

/** Long enough for a period of 90 days and the one before it. */
const DAYS = 210;

const { json } = sampleChat({ endsAt: Date.now() - 24 * 3_600_000, days: DAYS });

type View = Pick<Manner, "width" | "theme">;
const desk: View = { width: 1440, theme: "light" };
const nightDesk: View = { width: 1440, theme: "dark" };
const phone: View = { width: 390, theme: "light" };

interface Shot {
  readonly name: string;
  readonly views: readonly View[];
  /** Brings the page to what is to be seen. */
  readonly open: (page: Page, locale: Locale) => Promise<unknown>;
}

const shots: readonly Shot[] = [
  { name: "audit", views: [desk, nightDesk, phone], open: (page) => page.goto(`/console/${SLUG}/audit`) },
  { name: "audit-return", views: [desk], open: openReturn },
  { name: "member", views: [desk, phone], open: openTalker },
  { name: "import-preview", views: [desk], open: openPreview },
];

/** Taken last: what is said in the hub counts in the audit. */
const hubShots: readonly Shot[] = [{ name: "hub", views: [desk, phone], open: (page) => page.goto(`/c/${SLUG}`) }];

/** The part of the audit that says whether people come back. */
async function openReturn(page: Page, locale: Locale): Promise<void> {
  await page.goto(`/console/${SLUG}/audit`);
  const head = page.getByText(m.analytics_page_return({}, { locale }), { exact: true }).last();
  await head.evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top - 32));
}

/** The page of whoever wrote most. */
async function openTalker(page: Page): Promise<void> {
  const talker = await firstRow(page, `/console/${SLUG}/members?sort=messages`);
  await page.goto(`/console/${SLUG}/members/${talker}`);
}

async function openPreview(page: Page, locale: Locale): Promise<void> {
  await page.goto(`/console/${SLUG}/imports/new`);
  await bringFile(page, { name: "result.json", text: json });
  // The address is that of the preview before the preview is there.
  await page.getByRole("button", { name: m.imports_page_start({}, { locale }), exact: true }).waitFor();
}

/** What stands in the hub: who opens a topic, what about, and who replies what. */
const said = [
  [
    "kettle_and_fog",
    "Какой помол для кемекса?",
    "Зёрна светлые, вода 94 °C. **Мелкий или крупный?**",
    "moka_mouse",
    "Крупный.",
  ],
  [
    "moka_mouse",
    "Descaling the machine without vinegar?",
    "It smells for a week.",
    "slow_drip",
    "Citric acid, twenty minutes.",
  ],
  [
    "slow_drip",
    "Обмен зёрнами в субботу",
    "Приносите по сто граммов своих любимых.",
    "kettle_and_fog",
    "Буду с эфиопией.",
  ],
] as const;

/** Opens the hub and lets three members talk in it. Pages with reactions are left out: this Chromium has no font for them. */
async function fillHub(browser: Browser, owner: Page): Promise<void> {
  const hub = new URL(`/api/v1/communities/${SLUG}/hub`, owner.url());
  const send = async (page: Page, path: string, { method = "POST", data }: { method?: string; data?: unknown }) => {
    const answer = await page.request.fetch(hub.href + path, { method, data, headers: { origin: hub.origin } });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    // The two fields that are read here are those of a list and of a place in the hub.
    return (await answer.json()) as { items?: readonly { id: string }[]; topic?: number };
  };
  await send(owner, "/settings", { method: "PATCH", data: { isOpen: true } });
  const [board] = (await send(owner, "/settings/boards", { method: "GET" })).items ?? [];
  const guests = new Map<string, Page>();
  for (const name of said.map(([by]) => by)) {
    const { page } = await visit(browser, hub.origin, { language: "en", width: 1440 });
    const password = "beans water patience";
    await send(page, "/join", { data: { name, email: `${name}@dawn.example`, password, acceptsRules: true } });
    guests.set(name, page);
  }
  for (const [by, title, text, answerer, answer] of said) {
    const [asker, helper] = [guests.get(by), guests.get(answerer)];
    if (asker === undefined || helper === undefined) throw new Error("Somebody writes in the hub who did not join.");
    const topic = { title, text, kind: title.endsWith("?") ? "question" : "discussion" };
    const { topic: number } = await send(asker, `/boards/${board?.id ?? ""}/topics`, { data: topic });
    await send(helper, `/topics/${number ?? ""}/posts`, { data: { text: answer } });
  }
}

interface Sitting {
  readonly browser: Browser;
  readonly address: string;
  /** Of whoever is signed in. */
  readonly cookies: Parameters<Awaited<ReturnType<typeof visit>>["context"]["addCookies"]>[0];
}

async function photograph({ browser, address, cookies }: Sitting, manner: Manner, all: readonly Shot[]): Promise<void> {
  const { page, context } = await visit(browser, address, manner);
  await context.addCookies(cookies);
  await speak(page, manner.language);
  const wanted = all.filter(({ views }) =>
    views.some(({ width, theme }) => width === manner.width && theme === manner.theme),
  );
  for (const { name, open } of wanted) {
    await open(page, manner.language);
    await isAlive(page);
    const file = `${name}-${manner.language}-${manner.width}-${manner.theme}.png`;
    await page.screenshot({ path: join(folder, file) });
  }
  await context.close();
}

mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
const veche = await startVeche();
try {
  const owner = await visit(browser, veche.address, { language: "en", width: 1440 });
  await wholeEvening(owner.page, { ownerLink: veche.ownerLink, text: json });
  const sitting = { browser, address: veche.address, cookies: await owner.context.cookies() };
  for (const language of locales)
    for (const view of [desk, nightDesk, phone]) await photograph(sitting, { language, ...view }, shots);
  await fillHub(browser, owner.page);
  for (const language of locales)
    for (const view of [desk, phone]) await photograph(sitting, { language, ...view }, hubShots);
} finally {
  await browser.close();
  await veche.stop();
}
