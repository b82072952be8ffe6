import * as z from "zod";

/** Fits a chip on a telephone. */
export const LONGEST_TAG = 40;
/** More tags than a team can keep apart; also bounds what is counted for the list of tags. */
export const MOST_TAGS = 500;
/** People who are tagged by one request: as many as are marked. */
export const MOST_TAGGED = 500;

/** A tag's name. Two tags whose names differ in case alone are one. */
export const tagNameSchema = z.string().trim().min(1).max(LONGEST_TAG);

/** A word the team puts on people. */
export const tagSchema = z.object({ id: z.uuid(), name: z.string() });
export type Tag = z.infer<typeof tagSchema>;

/** A tag with how many members bear it. */
export const countedTagSchema = tagSchema.extend({ members: z.int() });
export type CountedTag = z.infer<typeof countedTagSchema>;
