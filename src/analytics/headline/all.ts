import type { Sentence } from "../model.ts";
import { alive } from "./alive.ts";
import { carriers } from "./carriers.ts";
import { growth } from "./growth.ts";
import { openQuestions } from "./questions.ts";
import type { Story, Teller } from "./sentence.ts";

/** In the order of what matters to a manager. */
const tellers: readonly Teller[] = [growth, openQuestions, carriers, alive];

/** Three sentences are read; a fourth is not. */
const MOST = 3;

/** The audit in at most three sentences; fewer where there is too little to say. */
export function tell(story: Story): Sentence[] {
  return tellers
    .map((teller) => teller(story))
    .filter((sentence) => sentence !== undefined)
    .slice(0, MOST);
}
