import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageSchema, readCursor } from "#src/base/paging.ts";
import { mergeMembers, separateMembers } from "./actions.ts";
import type { Decider } from "./merge-store.ts";
import { mergeOutcomeSchema, mergeSchema } from "./model.ts";
import { listMerges } from "./queries.ts";

const tags: readonly [string] = ["Members"];

const deciderOf = ({ actor }: CommunityCall): Decider => ({ id: actor.id, name: actor.name });

/** Making two members one person, and taking that back. */
export const mergesApi = {
  merge: procedure({
    method: "POST",
    path: "/communities/{community}/merges",
    operationId: "mergeMembers",
    permission: "members.change",
    summary: "Make one person part of another",
    description:
      "The figures of both are counted together from then on, a moment later. Their messages, accounts, tags and notes " +
      "stay where they are, so that separating them restores everything exactly.",
    tags,
    status: 201,
    input: z.object({
      memberId: z.uuid().describe("Who becomes part of the other"),
      intoId: z.uuid().describe("Who stays"),
    }),
    output: mergeOutcomeSchema,
    handler: async ({ input, context }) => {
      const wish = { ...input, by: deciderOf(context), now: context.now() };
      const outcome = await context.run((tx) => mergeMembers(tx, context.community, wish));
      context.note({ target: outcome.memberId, details: { into: outcome.personId } });
      return outcome;
    },
  }),
  separate: procedure({
    method: "POST",
    path: "/communities/{community}/merges/{merge}/separation",
    operationId: "separateMembers",
    permission: "members.change",
    summary: "Take a merge back: the two are different people",
    tags,
    input: z.object({ merge: z.uuid() }),
    output: mergeOutcomeSchema,
    handler: async ({ input, context }) => {
      const wish = { mergeId: input.merge, by: deciderOf(context), now: context.now() };
      const outcome = await context.run((tx) => separateMembers(tx, context.community, wish));
      context.note({ target: outcome.memberId, details: { from: outcome.personId } });
      return outcome;
    },
  }),
  listMerges: procedure({
    method: "GET",
    path: "/communities/{community}/members/{member}/merges",
    operationId: "listMerges",
    permission: "members.read",
    summary: "Who was merged into a person and taken out of them, newest first",
    tags,
    input: z.object({ member: z.uuid(), ...pageFields }),
    output: pageSchema(mergeSchema),
    handler: ({ input, context }) => {
      const before = readCursor(input.after, z.tuple([z.uuid()]))?.[0];
      return context.run((tx) =>
        listMerges(tx, context.community, { memberId: input.member, before, limit: input.limit }),
      );
    },
  }),
};
