import type { Browser, BrowserContext, Page } from "playwright-core";

/** How somebody comes: which language their browser speaks and how wide it is. */
export interface Manner {
  readonly language: "en" | "ru";
  /** In CSS pixels: 1440 stands for a desk, 390 for a phone. */
  readonly width: number;
  readonly theme?: "light" | "dark";
}

/** Somebody with a browser open, and everything they would complain of. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors in the console, broken rules of content security, requests to other machines, dialogs nobody asked for. */
  readonly troubles: string[];
}

/** The zone of everybody in these tests; the chat they bring lives in it too. */
export const ZONE = "Europe/Moscow";

/** How long anything on a page may take before a test gives up, on a machine that has much else to do. */
const PATIENCE_MS = 30_000;

/** Opens a fresh browser window at an address of Veche. */
export async function visit(browser: Browser, address: string, manner: Manner): Promise<Visitor> {
  const { language, width, theme = "light" } = manner;
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width, height: width < 768 ? 844 : 900 },
    locale: language === "ru" ? "ru-RU" : "en-GB",
    colorScheme: theme,
    timezoneId: ZONE,
    reducedMotion: "reduce",
  });
  const troubles: string[] = [];
  // They are watched, not intercepted: a browser whose requests are intercepted keeps nothing, and reads all scripts anew on each page.
  context.on("request", (request) => {
    const url = request.url();
    if (url.startsWith(`${address}/`) || url.startsWith("data:") || url.startsWith("blob:")) return;
    troubles.push(`asked another machine for ${url}`);
  });
  context.setDefaultTimeout(PATIENCE_MS);
  context.on("page", openAlive);
  const page = await context.newPage();
  watch(page, troubles);
  return { page, context, troubles };
}

function watch(page: Page, troubles: string[]): void {
  page.on("console", (message) => {
    // Chromium itself says so about every answer that is an error on purpose, such as a page that is not there.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(`uncaught ${error.message}`));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("response", (response) => {
    if (response.status() >= 500) troubles.push(`${response.status()} from ${response.url()}`);
  });
}

/** What the visitor complains of by now, once: troubles, and a page that scrolls sideways. */
export async function complaints({ page, troubles }: Visitor): Promise<string[]> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [...troubles.splice(0), ...(wider > 0 ? [`${page.url()} is ${wider} px wider than its window`] : [])];
}

/** Fails when the visitor has something to complain of. */
export async function mustBeContent(visitor: Visitor): Promise<void> {
  const all = await complaints(visitor);
  if (all.length > 0) throw new Error(all.join("\n"));
}

/** Waits until a page has not only been shown but answers to clicks; plain pages, such as the hub's, do so at once. */
export async function isAlive(page: Page): Promise<void> {
  await page.waitForFunction(
    () => !("__reactRouterContext" in window) || document.documentElement.dataset["alive"] !== undefined,
  );
}

/** Nobody clicks sooner than a page can answer, whichever way they came to it. */
function openAlive(page: Page): void {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (...args) => {
    const answer = await goto(...args);
    await isAlive(page);
    return answer;
  };
  page.reload = async (...args) => {
    const answer = await reload(...args);
    await isAlive(page);
    return answer;
  };
}
