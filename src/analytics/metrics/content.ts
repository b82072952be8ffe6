import { metric, teamAndBots } from "./metric.ts";
import { messagesIn } from "./people.ts";
import type { Count } from "./window.ts";

function largestFirst(counts: readonly Count[]): Count[] {
  return counts.toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

/** In which languages people write. */
export const languages = metric<readonly Count[]>({
  name: "languages",
  version: 1,
  unit: "messages",
  better: "neither",
  window: "period",
  formula: "L(l) = Σ messages in language l",
  excludes: ["service-messages"],
  needs: ["messages"],
  source: "detected from each message's text",
  measure: (window) => largestFirst(window.content.languages),
});

/** Where the links of messages lead. */
export const domains = metric<readonly Count[]>({
  name: "domains",
  version: 1,
  unit: "messages",
  better: "neither",
  window: "period",
  formula: "D(d) = Σ links to domain d",
  excludes: ["service-messages"],
  needs: ["messages"],
  source: "links found in messages, without www",
  measure: (window) => largestFirst(window.content.domains),
});

/** Which reactions messages got. An export tells how many there are, not when they were given. */
export const reactionKinds = metric<readonly Count[]>({
  name: "reaction-kinds",
  version: 1,
  unit: "reactions",
  better: "neither",
  window: "period",
  formula: "R(e) = Σ reactions e on messages of the period",
  excludes: [],
  needs: ["reactions"],
  source: "reactions of the platform",
  measure: (window) => (window.knows.reactions ? largestFirst(window.content.reactions) : undefined),
});

/** What messages are besides text: photos, voice, stickers. */
export const messageKindCounts = metric<readonly Count[]>({
  name: "message-kinds",
  version: 1,
  unit: "messages",
  better: "neither",
  window: "period",
  formula: "K(k) = Σ messages of kind k",
  excludes: ["service-messages"],
  needs: ["messages"],
  source: "kinds of message of the platform",
  measure: (window) => largestFirst(window.content.kinds),
});

function reactionsIn(counts: readonly Count[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** How many reactions the messages of the period got. */
export const reactions = metric<number>({
  name: "reactions",
  version: 1,
  unit: "reactions",
  better: "more",
  window: "period",
  formula: "Σ reactions on messages of the period",
  excludes: [],
  needs: ["reactions"],
  source: "reactions of the platform",
  measure: (window) => (window.knows.reactions ? reactionsIn(window.content.reactions) : undefined),
});

/** How many reactions a message gets on average. */
export const reactionsPerMessage = metric<number>({
  name: "reactions-per-message",
  version: 1,
  unit: "ratio",
  better: "more",
  window: "period",
  formula: "reactions ÷ messages",
  excludes: [...teamAndBots],
  needs: ["reactions"],
  source: "reactions of the platform",
  measure: (window) => {
    const written = messagesIn(window);
    return window.knows.reactions && written > 0 ? reactionsIn(window.content.reactions) / written : undefined;
  },
});
