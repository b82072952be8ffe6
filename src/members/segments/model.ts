import * as z from "zod";
import { memberFilterFields } from "../model.ts";

/** Fits a tab of the list. */
export const LONGEST_SEGMENT_NAME = 60;
/** Every segment is looked at whenever people change, a few milliseconds each. */
export const MOST_SEGMENTS = 100;

/** A segment's name. Two segments whose names differ in case alone are refused. */
export const segmentNameSchema = z.string().trim().min(1).max(LONGEST_SEGMENT_NAME);

const { segment: _, ...narrowing } = memberFilterFields;
/** What a segment is made of: any filter of the list, save another segment. */
export const segmentFilterSchema = z
  .strictObject(narrowing)
  .refine((filter) => Object.values(filter).some((value) => value !== undefined && value !== ""), {
    message: "a segment narrows by something",
  });
export type SegmentFilter = z.infer<typeof segmentFilterSchema>;

/** A filter under a name, shared by the team. It is live: who answers it later belongs to it later. */
export const segmentSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  filter: segmentFilterSchema,
  members: z.int().nullable().describe("How many belong to it; null: not counted with this filter yet"),
  countedAt: z.iso.datetime().nullable().describe("When it was last brought up to date"),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
});
export type Segment = z.infer<typeof segmentSchema>;
