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
  { name: "member", views: [desk], open: openTalker },
  { name: "import-preview", views: [desk], open: openPreview },
];

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

async function openPreview(page: Page): Promise<void> {
  await page.goto(`/console/${SLUG}/imports/new`);
  await bringFile(page, { name: "result.json", text: json });
}

interface Sitting {
  readonly browser: Browser;
  readonly address: string;
  /** Of whoever is signed in. */
  readonly cookies: Parameters<Awaited<ReturnType<typeof visit>>["context"]["addCookies"]>[0];
}

async function photograph({ browser, address, cookies }: Sitting, manner: Manner): Promise<void> {
  const { page, context } = await visit(browser, address, manner);
  await context.addCookies(cookies);
  await speak(page, manner.language);
  const wanted = shots.filter(({ views }) =>
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
    for (const view of [desk, nightDesk, phone]) await photograph(sitting, { language, ...view });
} finally {
  await browser.close();
  await veche.stop();
}
