import { z } from "zod";
import { LONGEST_TEAM_MESSAGE, teamMessageStates } from "../model.ts";

export const teamTextSchema = z.string().trim().min(1).max(LONGEST_TEAM_MESSAGE).describe("Plain text");

/** What the team answered. */
export const teamAnswerSchema = z.object({ id: z.uuid(), text: z.string(), madeAt: z.iso.datetime() });

/** What a member wrote to the team. */
export const teamMessageSchema = z.object({
  id: z.uuid(),
  text: z.string(),
  madeAt: z.iso.datetime(),
  state: z.enum(teamMessageStates),
  answers: z.array(teamAnswerSchema),
});
export type TeamMessage = z.infer<typeof teamMessageSchema>;

/** The same for the team, with who wrote it. */
export const deskMessageSchema = teamMessageSchema.extend({
  memberId: z.uuid(),
  name: z.string(),
  hasLeft: z.boolean().describe("Whether its writer has left the hub and will not see an answer there"),
});
export type DeskMessage = z.infer<typeof deskMessageSchema>;
