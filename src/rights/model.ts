import * as z from "zod";

export const erasureStates = ["waiting", "running", "done", "failed"] as const;
export type ErasureState = (typeof erasureStates)[number];

/** What an erasure has done so far. */
export const erasureReportSchema = z.object({
  total: z.int().describe("Messages of the community when it began"),
  seen: z.int().describe("Messages looked through so far"),
  own: z.int().describe("Messages of the person whose content is gone"),
  others: z.int().describe("Messages of others in which the person was named"),
  links: z.int().describe("Links of the person that are gone"),
  places: z.int().describe("Columns of other tables that were looked through"),
});
export type ErasureReport = z.infer<typeof erasureReportSchema>;

/** An erasure of one person. The person stays as a member without a name. */
export const erasureSchema = z.object({
  id: z.uuid(),
  memberId: z.uuid(),
  state: z.enum(erasureStates),
  step: z.enum(["messages", "tables", "counting", "done"]),
  report: erasureReportSchema,
  failure: z.string().nullable().describe("Why it stopped: where something was left, or the name of an error"),
  askedBy: z.uuid().nullable(),
  askedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type Erasure = z.infer<typeof erasureSchema>;
