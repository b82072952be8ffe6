import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import type { Locale } from "#src/base/locale.ts";
import { postPath } from "#src/hub/model.ts";
import { shownBeginning } from "#src/hub/queries.ts";
import { m } from "#words";
import { feedItemSchema, feedViewNames } from "./model.ts";
import { type FeedRow, feedOf } from "./store.ts";

function addressOf({ topic, number, title }: FeedRow, slug: string): string | null {
  if (topic === null || number === null || title === null) return null;
  return postPath(slug, { number: topic, title }, number);
}

/** Enough of a message to see what it is about, in letters. */
const LONGEST_TEXT = 280;

/** How a message begins: of the hub as its pages show it, without markup; of other platforms as it came. */
function beginning({ platform, text, number }: FeedRow, locale: Locale): string | null {
  if (text === null) return null;
  if (platform !== "hub")
    return Array.from(text.slice(0, LONGEST_TEXT * 2))
      .slice(0, LONGEST_TEXT)
      .join("");
  return shownBeginning(text, { number: number ?? 2, longest: LONGEST_TEXT, picture: m.feed_picture({}, { locale }) });
}

/** What happens in a community, on all of its platforms. */
export const feedApi = {
  list: procedure({
    method: "GET",
    path: "/communities/{community}/feed",
    operationId: "listFeed",
    permission: "analytics.read",
    summary: "What happened lately in every space, the newest first",
    description: "Imported history is not in it. It reaches back 100,000 facts of the log.",
    tags: ["Feed"],
    input: z.object({ ...pageFields, view: z.enum(feedViewNames).default("all"), space: z.uuid().optional() }),
    output: pageSchema(feedItemSchema),
    handler: async ({ input: { view, space, after, limit }, context }) => {
      const ask = { view, spaceId: space, after: readCursor(after, z.tuple([z.int()]))?.[0], limit: limit + 1 };
      const page = pageOf(await context.run((tx) => feedOf(tx, context.community, ask)), limit, (row) => [row.seq]);
      const items = page.items.map((row) => {
        const { topic: _, number: __, title: ___, at, ...item } = row;
        const text = beginning(row, context.locale);
        return { ...item, text, at: at.toISOString(), address: addressOf(row, context.facts.slug) };
      });
      return { items, next: page.next };
    },
  }),
};
