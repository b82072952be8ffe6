import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageSchema } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { suggestJob } from "../jobs.ts";
import type { Decider } from "./merge-store.ts";
import { mergeOutcomeSchema, searchSchema, suggestionSchema } from "./model.ts";
import { askForSearch, stopSearch } from "./search-store.ts";
import { acceptSuggestion, dismissSuggestion, listSuggestions, searchState } from "./suggestions.ts";

const tags: readonly [string] = ["Members"];
const byId = z.object({ suggestion: z.uuid() });

const deciderOf = ({ actor }: CommunityCall): Decider => ({ id: actor.id, name: actor.name });

/** Members who may be one person: found by a search, decided by people. */
export const suggestionsApi = {
  suggestions: procedure({
    method: "GET",
    path: "/communities/{community}/merge-suggestions",
    operationId: "listMergeSuggestions",
    permission: "members.read",
    summary: "People who may be one, the surest first, each with the reasons",
    tags,
    input: z.object({
      ...pageFields,
      limit: pageFields.limit.default(20),
      dismissed: z.boolean().default(false).describe("true: those somebody said no to"),
    }),
    output: pageSchema(suggestionSchema).extend({
      waiting: z.int().nullable().describe("How many wait for a decision; null on later pages"),
    }),
    handler: ({ input, context }) =>
      context.run((tx) => listSuggestions(tx, context.community, { ...input, after: input.after })),
  }),
  acceptSuggestion: procedure({
    method: "POST",
    path: "/communities/{community}/merge-suggestions/{suggestion}/merge",
    operationId: "acceptMergeSuggestion",
    permission: "members.change",
    summary: "They are one person: merge them",
    tags,
    input: byId.extend({ intoId: z.uuid().describe("Which of the two stays") }),
    output: mergeOutcomeSchema,
    handler: async ({ input, context }) => {
      const decision = { id: input.suggestion, intoId: input.intoId, by: deciderOf(context), now: context.now() };
      const outcome = await context.run((tx) => acceptSuggestion(tx, context.community, decision));
      context.note({ target: outcome.memberId, details: { into: outcome.personId } });
      return outcome;
    },
  }),
  dismissSuggestion: procedure({
    method: "POST",
    path: "/communities/{community}/merge-suggestions/{suggestion}/dismissal",
    operationId: "dismissMergeSuggestion",
    permission: "members.change",
    summary: "They are two people: do not suggest them again",
    tags,
    input: byId,
    output: z.object({}),
    handler: async ({ input, context }) => {
      const decision = { id: input.suggestion, dismissed: true, by: deciderOf(context), now: context.now() };
      await context.run((tx) => dismissSuggestion(tx, context.community, decision));
      return {};
    },
  }),
  reopenSuggestion: procedure({
    method: "DELETE",
    path: "/communities/{community}/merge-suggestions/{suggestion}/dismissal",
    operationId: "reopenMergeSuggestion",
    permission: "members.change",
    summary: "Let a dismissed suggestion wait again",
    tags,
    input: byId,
    output: z.object({}),
    handler: async ({ input, context }) => {
      const decision = { id: input.suggestion, dismissed: false, by: deciderOf(context), now: context.now() };
      await context.run((tx) => dismissSuggestion(tx, context.community, decision));
      return {};
    },
  }),
  search: procedure({
    method: "GET",
    path: "/communities/{community}/merge-search",
    operationId: "getMergeSearch",
    permission: "members.read",
    summary: "How far the search for such people is",
    tags,
    output: searchSchema,
    handler: ({ context }) => context.run((tx) => searchState(tx, context.community)),
  }),
  startSearch: procedure({
    method: "POST",
    path: "/communities/{community}/merge-search",
    operationId: "startMergeSearch",
    permission: "members.change",
    summary: "Search for people who may be one",
    description: "One search at a time. What was suggested before stays until the search has come to its end.",
    tags,
    status: 202,
    output: searchSchema,
    handler: async ({ context }) => {
      const { community, jobs, now } = context;
      const state = await context.run(async (tx) => {
        await askForSearch(tx, community, now());
        return searchState(tx, community);
      });
      await jobs.send(suggestJob, { community }, { key: community });
      return state;
    },
  }),
  stopSearch: procedure({
    method: "POST",
    path: "/communities/{community}/merge-search/cancellation",
    operationId: "stopMergeSearch",
    permission: "members.change",
    summary: "Stop the search; what was suggested before stays",
    tags,
    output: searchSchema,
    handler: ({ context }) =>
      context.run(async (tx) => {
        const stopped = await stopSearch(tx, context.community, context.now());
        return stopped ? searchState(tx, context.community) : refuse("conflict", "members.no-search");
      }),
  }),
};
