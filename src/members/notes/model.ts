import * as z from "zod";

/** Two pages of text: more belongs into a document. */
export const LONGEST_NOTE = 5000;

/** What a note says. */
export const noteTextSchema = z.string().trim().min(1).max(LONGEST_NOTE);

/** What somebody of the team wrote about a member, for the team. */
export const noteSchema = z.object({
  id: z.uuid(),
  text: z.string(),
  writtenAt: z.iso.datetime(),
  writtenBy: z.object({ id: z.uuid().nullable(), name: z.string() }),
  editedAt: z.iso.datetime().nullable(),
});
export type Note = z.infer<typeof noteSchema>;
