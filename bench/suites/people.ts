import type { Figure } from "../figure.ts";
import type { Suite } from "../frame.ts";
import { listFigures } from "../member-requests.ts";
import { withMillion } from "../million.ts";
import { suggestionFigures } from "../people/suggestion-figures.ts";
import { segmentFigures } from "../segment-figures.ts";

function measure(say: (line: string) => void): Promise<Figure[]> {
  return withMillion(say, async ({ databases }) => [
    ...(await suggestionFigures(databases, say)),
    ...(await listFigures(databases, say)),
    ...(await segmentFigures(databases, say)),
  ]);
}

/** The figures of people: suggestions of who is one person, the list and segments of a million. */
export const suite: Suite = { measure };
