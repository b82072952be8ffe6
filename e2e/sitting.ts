import type { Browser, Page } from "playwright-core";
import type { RunningVeche } from "./app.ts";
import { startBeside } from "./app-beside.ts";
import { openBrowser } from "./browser.ts";
import { visit, type Visitor } from "./visitor.ts";

/** A Veche of its own with somebody at a desk before it. */
export interface Sitting {
  readonly browser: Browser;
  readonly veche: RunningVeche;
  /** English, 1440 wide, not signed in. */
  readonly visitor: Visitor;
  readonly page: Page;
  /** Ends browser and Veche and forgets the data. */
  end(): Promise<void>;
}

/** Starts Veche on an empty folder and opens it in a browser. */
export async function sitDown(): Promise<Sitting> {
  const browser = await openBrowser();
  const veche = await startBeside();
  const visitor = await visit(browser, veche.address, { language: "en", width: 1440 });
  const end = async () => {
    await browser.close();
    await veche.stop();
  };
  return { browser, veche, visitor, page: visitor.page, end };
}
