import { told, type Figure } from "../figure.ts";
import type { Suite } from "../frame.ts";
import { listFigures } from "../member-requests.ts";
import { MEMBERS, withMillion } from "../million.ts";
import { segmentFigures } from "../segment-figures.ts";

function measure(say: (line: string) => void): Promise<Figure[]> {
  return withMillion(say, async ({ databases, listSeconds }) => {
    const figures = [...(await listFigures(databases, say)), ...(await segmentFigures(databases, say))];
    if (listSeconds === undefined) return figures;
    return [...figures, told("making the list from nothing, a thousand members", (listSeconds * 1e6) / MEMBERS, "ms")];
  });
}

/** How quickly the list of members answers and segments count, and what making and renewing them takes. */
export const suite: Suite = { measure };
