import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { m } from "#words";
import type { Locale } from "#words/runtime";
import { startVeche } from "../e2e/app.ts";
import { openBrowser } from "../e2e/browser.ts";
import { SLUG, speak, wholeEvening } from "../e2e/evening.ts";
import { sampleChat } from "../e2e/sample-chat.ts";
import { firstRow } from "../e2e/pages.ts";
import { type Manner, visit } from "../e2e/visitor.ts";

// Makes the pictures of the documentation: starts Veche on an empty folder, imports the sample community, and looks at
// its pages. Run after the pages are built: `node scripts/pictures.ts`.

const folder = join(import.meta.dirname, "..", "docs", "pictures");

const manners: readonly Manner[] = [
  { language: "en", width: 1440, theme: "light" },
  { language: "ru", width: 1440, theme: "dark" },
  { language: "en", width: 390, theme: "light" },
  { language: "ru", width: 390, theme: "dark" },
];

interface Shot {
  readonly name: string;
  /** Brings the page to what is to be seen. */
  readonly open: (page: Page, locale: Locale) => Promise<unknown>;
}

type Words = (inputs: Record<string, never>, options: { locale: Locale }) => string;

/** A part of the audit, from the question at its head on. */
function partOf(question: Words): Shot["open"] {
  return async (page, locale) => {
    await page.goto(`/console/${SLUG}/audit`);
    const head = page.getByText(question({}, { locale }), { exact: true }).last();
    await head.evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top - 32));
  };
}

const shots: readonly Shot[] = [
  { name: "audit", open: (page) => page.goto(`/console/${SLUG}/audit`) },
  { name: "audit-return", open: partOf(m.analytics_page_return) },
  { name: "audit-alive", open: partOf(m.analytics_page_alive) },
  { name: "audit-behind", open: (page) => page.goto(`/console/${SLUG}/audit/behind?of=unanswered-questions`) },
  { name: "definitions", open: (page) => page.goto(`/console/${SLUG}/audit/definitions`) },
  { name: "members", open: (page) => page.goto(`/console/${SLUG}/members?sort=messages`) },
  { name: "member", open: openFirst(`/console/${SLUG}/members?sort=messages`, `/console/${SLUG}/members`) },
  { name: "import", open: (page) => page.goto(`/console/${SLUG}/imports/new`) },
  { name: "report", open: openFirst(`/console/${SLUG}/imports`, `/console/${SLUG}/imports`) },
];

function openFirst(list: string, base: string): (page: Page) => Promise<unknown> {
  return async (page) => page.goto(`${base}/${await firstRow(page, list)}`);
}

interface Sitting {
  readonly browser: Browser;
  readonly address: string;
  /** Of whoever is signed in. */
  readonly cookies: Cookies;
}

async function photograph({ browser, address, cookies }: Sitting, manner: Manner): Promise<void> {
  const visitor = await visit(browser, address, manner);
  await visitor.context.addCookies(cookies);
  await speak(visitor.page, manner.language);
  for (const { name, open } of shots) {
    await open(visitor.page, manner.language);
    await visitor.page.waitForLoadState("networkidle");
    const size = manner.width < 768 ? "phone" : "desk";
    const path = join(folder, `${name}-${size}-${manner.language}.png`);
    await visitor.page.screenshot({ path });
  }
  await visitor.context.close();
}

type Cookies = Parameters<Awaited<ReturnType<typeof visit>>["context"]["addCookies"]>[0];

mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
const veche = await startVeche();
try {
  const owner = await visit(browser, veche.address, { language: "en", width: 1440 });
  const text = sampleChat({ endsAt: Date.now() - 24 * 3_600_000, days: 210 }).json;
  await wholeEvening(owner.page, { ownerLink: veche.ownerLink, locale: "en", text });
  const cookies = await owner.context.cookies();
  for (const manner of manners) await photograph({ browser, address: veche.address, cookies }, manner);
} finally {
  await browser.close();
  await veche.stop();
}
