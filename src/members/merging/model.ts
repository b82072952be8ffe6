import * as z from "zod";
import { accountSchema } from "../model.ts";

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
