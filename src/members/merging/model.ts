import * as z from "zod";
import { accountSchema, memberRowSchema } from "../model.ts";

/**
 * Why two members may be one person. `name` is how the names agree; the others say what else was found. Every reason
 * carries what a person needs to check it.
 */
export const reasonSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("same-username"), username: z.string() }),
  z.object({ kind: z.literal("similar-username"), usernames: z.tuple([z.string(), z.string()]) }),
  z.object({ kind: z.literal("same-name"), names: z.tuple([z.string(), z.string()]), bearers: z.int() }),
  z.object({ kind: z.literal("similar-name"), names: z.tuple([z.string(), z.string()]), bearers: z.int() }),
  z.object({ kind: z.literal("short-name"), names: z.tuple([z.string(), z.string()]), bearers: z.int() }),
  z.object({ kind: z.literal("username-from-name"), username: z.string(), name: z.string() }),
  z.object({ kind: z.literal("own-link"), url: z.string(), messages: z.int() }),
  z.object({ kind: z.literal("says-so"), messageId: z.uuid(), text: z.string() }),
  z.object({ kind: z.literal("same-days"), days: z.int(), of: z.int() }),
]);
export type Reason = z.infer<typeof reasonSchema>;

/** How a merge or its undoing ended. */
export const mergeOutcomeSchema = z.object({
  mergeId: z.uuid(),
  personId: z.uuid().describe("Who stayed"),
  memberId: z.uuid().describe("Who joined them or left them"),
});

/** A decision that two members are one person, and whether it stands. */
export const mergeSchema = z.object({
  id: z.uuid(),
  member: z.object({ id: z.uuid(), name: z.string(), accounts: z.array(accountSchema).describe("Up to five") }),
  into: z.object({ id: z.uuid(), name: z.string() }),
  evidence: z.array(reasonSchema).nullable().describe("null: merged by hand, without a suggestion"),
  mergedAt: z.iso.datetime(),
  mergedBy: z.string(),
  separatedAt: z.iso.datetime().nullable().describe("null: the merge stands"),
  separatedBy: z.string().nullable(),
});
export type Merge = z.infer<typeof mergeSchema>;

/** How sure a suggestion is: of those that are `almost-certain` about 1 in 100 is wrong, of `likely` 1 in 30, of `possible` 1 in 10. */
export const certainties = ["almost-certain", "likely", "possible"] as const;

/** How sure a score is, measured on the generated truth of `npm run bench -- people`. */
export function certaintyOf(score: number): (typeof certainties)[number] {
  if (score >= 0.98) return "almost-certain";
  return score >= 0.92 ? "likely" : "possible";
}

/** One of the two of a suggestion, as their card shows them. */
export const candidateSchema = memberRowSchema.extend({
  spaces: z.array(z.string()).describe("Names of up to three spaces where they write most"),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** Two people who may be one. */
export const suggestionSchema = z.object({
  id: z.uuid(),
  score: z.number().describe("From 0 to 1"),
  certainty: z.enum(certainties),
  reasons: z.array(reasonSchema),
  people: z.tuple([candidateSchema, candidateSchema]).describe("The one who wrote more first"),
  dismissedAt: z.iso.datetime().nullable(),
  dismissedBy: z.string().nullable(),
});
export type MergeSuggestion = z.infer<typeof suggestionSchema>;

/** The search for people who may be one: how far it is, and what the last one found. */
export const searchSchema = z.object({
  status: z.enum(["never", "waiting", "running", "cancelling", "cancelled", "failed", "done"]),
  stage: z.enum(["reading", "comparing", "writing"]),
  share: z.number().describe("How far it is, from 0 to 1"),
  accounts: z.int().describe("How many accounts are compared"),
  found: z.int(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  completeAt: z.iso.datetime().nullable().describe("When a search last came to its end; null: never"),
  platforms: z.int().describe("On how many platforms the community is: with one there is nothing to compare"),
});
export type Search = Omit<z.infer<typeof searchSchema>, "status"> & {
  readonly status: Exclude<z.infer<typeof searchSchema>["status"], "never">;
};
