import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** Waits until what is on its way from one look to another has arrived: a colour half way is nobody's. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // What begins to change does so with the next frame that is drawn.
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const ending = () =>
      document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await drawn();
    for (let moving = ending(); moving.length > 0; moving = ending()) {
      await Promise.allSettled(moving.map(({ finished }) => finished));
      await drawn();
    }
  });
}

/** What stands in the way of people on this page: the serious and critical findings of axe, of all its rules or of some. */
export async function barriers(page: Page, rules?: string[]): Promise<string[]> {
  await atRest(page);
  // Of what passes nobody reads a word here, and describing every element that does takes axe as long as all the looking.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await (rules === undefined ? axe : axe.withRules(rules)).analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.map(({ id, nodes }) => `${new URL(page.url()).pathname}: ${id}: ${nodes[0]?.html.slice(0, 200) ?? ""}`);
}
