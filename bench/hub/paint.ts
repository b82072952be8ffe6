import type { BrowserContextOptions } from "playwright-core";
import { openBrowser } from "../../e2e/browser.ts";
import { quantile } from "../figure.ts";

const LOADS = 9;

/** How a page appears in a browser that has nothing of it kept. */
export interface Painted {
  /** First contentful paint in milliseconds, the median of nine loads. */
  readonly first: number;
  /** Cumulative layout shift, the largest of all loads. */
  readonly shift: number;
}

interface Seen {
  readonly first: number;
  readonly shift: number;
}

/** Runs in the page: what the browser itself noted of painting and shifting. */
function seenInPage(): Promise<Seen> {
  return new Promise((resolve) => {
    let shift = 0;
    new PerformanceObserver((list) => {
      // The type of such an entry is not among those the compiler knows.
      for (const entry of list.getEntries()) shift += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
    const done = (): void => {
      const [first] = performance.getEntriesByName("first-contentful-paint");
      if (first === undefined) requestAnimationFrame(done);
      else setTimeout(() => resolve({ first: first.startTime, shift }), 150);
    };
    done();
  });
}

/** Opens each page nine times in Chromium, each time in a browser that knows nothing yet. */
export async function paint(urls: readonly string[], cookie: BrowserContextOptions = {}): Promise<Painted[]> {
  const browser = await openBrowser();
  try {
    const painted: Painted[] = [];
    for (const url of urls) {
      const seen: Seen[] = [];
      for (let load = 0; load < LOADS; load += 1) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...cookie });
        const page = await context.newPage();
        await page.goto(url);
        seen.push(await page.evaluate(seenInPage));
        await context.close();
      }
      const first = quantile(
        seen.map((each) => each.first),
        0.5,
      );
      painted.push({ first, shift: Math.max(...seen.map((each) => each.shift)) });
    }
    return painted;
  } finally {
    await browser.close();
  }
}
