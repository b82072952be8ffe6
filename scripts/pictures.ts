import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { startVeche } from "../e2e/app.ts";
import { openBrowser } from "../e2e/browser.ts";
import { SLUG, speak, wholeEvening } from "../e2e/evening.ts";
import { sampleChat } from "../e2e/sample-chat.ts";
import { type Manner, visit } from "../e2e/visitor.ts";

// Makes the pictures of the documentation: starts Veche on an empty folder, imports the sample community, and looks at
// its pages. Run after the pages are built: `node scripts/pictures.ts`.

const folder = join(import.meta.dirname, "..", "docs", "pictures");

/** How much of a page a picture shows, in CSS pixels. */
const HEIGHT = { desk: 900, phone: 844 };

const manners: readonly Manner[] = [
  { language: "en", width: 1440, theme: "light" },
  { language: "ru", width: 1440, theme: "dark" },
  { language: "en", width: 390, theme: "light" },
  { language: "ru", width: 390, theme: "dark" },
];

interface Shot {
  readonly name: string;
  /** Brings the page to what is to be seen. */
  readonly open: (page: Page) => Promise<unknown>;
  /** The whole length of the page instead of its first screen. */
  readonly whole?: boolean;
}

const shots: readonly Shot[] = [
  { name: "audit", open: (page) => page.goto(`/console/${SLUG}/audit`) },
  { name: "audit-whole", open: (page) => page.goto(`/console/${SLUG}/audit`), whole: true },
  { name: "definitions", open: (page) => page.goto(`/console/${SLUG}/audit/definitions`) },
  { name: "members", open: (page) => page.goto(`/console/${SLUG}/members`) },
  { name: "member", open: openFirst(`/console/${SLUG}/members`) },
  { name: "import", open: (page) => page.goto(`/console/${SLUG}/imports/new`) },
  { name: "report", open: openFirst(`/console/${SLUG}/imports`) },
];

function openFirst(list: string): (page: Page) => Promise<unknown> {
  return async (page) => {
    await page.goto(list);
    return page.goto((await page.locator("a[data-row-link]").first().getAttribute("href")) ?? list);
  };
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
  for (const { name, open, whole = false } of shots) {
    await open(visitor.page);
    await visitor.page.waitForLoadState("networkidle");
    const size = manner.width < 768 ? "phone" : "desk";
    const path = join(folder, `${name}-${size}-${manner.language}.png`);
    const clip = { x: 0, y: 0, width: manner.width, height: HEIGHT[size] };
    await visitor.page.screenshot(whole ? { path, fullPage: true } : { path, clip });
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
