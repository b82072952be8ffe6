import { z } from "zod";
import { pageSchema } from "#src/base/paging.ts";
import { topicRowSchema } from "../model.ts";
import { hubProcedure } from "../visitor.ts";
import { searchHub, topicsLike } from "./search.ts";

const tags: readonly [string] = ["Hub topics"];
const timeSchema = z.iso.datetime();

const hitSchema = z.object({
  topic: topicRowSchema,
  number: z.int().describe("Of the post that answers best, in its topic"),
  excerpt: z
    .array(z.object({ text: z.string(), isMatch: z.boolean() }))
    .describe("Plain text around the first word that answers, in pieces; encode it before you show it"),
});

/** Finding what was said. */
export const searchApi = {
  search: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/search",
    operationId: "searchHub",
    permission: "hub.reader",
    summary: "Topics in which a post holds every word, in any of its forms, best first",
    description:
      "Russian and English words are found in all their forms. When nothing holds the words as they were typed, words that " +
      "differ by one letter are tried, and `isCorrected` says so. A topic is listed once, by its best post.",
    tags,
    input: z.object({
      typed: z.string().max(200),
      board: z.uuid().optional().describe("May be an archive"),
      archive: z.boolean().default(false).describe("In archived boards too"),
      author: z.uuid().optional().describe("A member's id"),
      tag: z.string().max(30).optional(),
      solved: z.enum(["yes", "no"]).optional(),
      from: timeSchema.optional().describe("Written at this instant or later"),
      to: timeSchema.optional().describe("Written before this instant"),
      after: z.string().max(500).optional().describe("`next` of the page before"),
      limit: z.int().min(1).max(50).default(20),
    }),
    output: pageSchema(hitSchema).extend({ isCorrected: z.boolean() }),
    handler: async ({ input: { typed, board, archive, author, tag, solved, from, to, after, limit }, context }) => {
      const found = await searchHub(context, {
        typed,
        boardId: board,
        inArchive: archive,
        memberId: author,
        tag,
        solved: solved === undefined ? undefined : solved === "yes",
        from: from === undefined ? undefined : Date.parse(from),
        to: to === undefined ? undefined : Date.parse(to),
        after,
        limit,
      });
      const items = found.items.map(({ topic, number, excerpt }) => ({ topic, number, excerpt: [...excerpt] }));
      return { ...found, items };
    },
  }),
  similar: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/similar",
    operationId: "listSimilarHubTopics",
    permission: "hub.reader",
    summary: "Topics with titles like one that is being typed, at most five",
    tags,
    input: z.object({ title: z.string().max(200) }),
    output: z.object({ items: z.array(topicRowSchema) }),
    handler: async ({ input, context }) => ({ items: await topicsLike(context, input.title) }),
  }),
};
