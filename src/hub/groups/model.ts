import { z } from "zod";

/** Fits a line of the list beside the boards. */
export const LONGEST_GROUP_NAME = 60;
export const LONGEST_GROUP_ABOUT = 500;
/** More groups than a team can keep apart; also bounds what is asked when somebody comes to the hub. */
export const MOST_GROUPS = 100;
/** People who are put into a group by one request: as many as are tagged by one. */
export const MOST_ADDED = 500;
export const LONGEST_WISH = 1_000;
export const LONGEST_REASON = 500;

/** What the team says of a group. */
export const groupFields = {
  name: z.string().trim().min(1).max(LONGEST_GROUP_NAME),
  about: z.string().trim().max(LONGEST_GROUP_ABOUT).describe("Plain text, for whoever knows of the group"),
  takesRequests: z.boolean().describe("Members know of it and may ask to belong"),
  showsPeople: z.boolean().describe("Its people see who else belongs"),
  tagId: z.uuid().nullable().describe("Whoever bears this tag belongs as well"),
  segmentId: z.uuid().nullable().describe("Whoever is in this segment belongs as well"),
};

/** A group as the team sees it. */
export const groupSchema = z.object({
  id: z.uuid(),
  number: z.int().describe("Stands in its address in the hub"),
  ...groupFields,
  madeAt: z.iso.datetime(),
  people: z.int().describe("How many belong, by hand, by their wish and by the rule"),
  waiting: z.int().describe("How many have asked and wait"),
  boards: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export type Group = z.infer<typeof groupSchema>;

/** How somebody came to belong: put in by hand, asked and approved, or by the tag or segment that the group follows. */
export const waysIn = ["hand", "request", "rule"] as const;
export type WayIn = (typeof waysIn)[number];

/** Somebody who belongs. */
export const groupPersonSchema = z.object({
  memberId: z.uuid(),
  name: z.string(),
  by: z.enum(waysIn),
  since: z.iso.datetime().nullable().describe("null: the rule has just let them in"),
});
export type GroupPerson = z.infer<typeof groupPersonSchema>;

/** Waits for the team, was decided by it, or was taken back by the member. */
export const requestStates = ["waiting", "approved", "declined", "withdrawn"] as const;
export type RequestState = (typeof requestStates)[number];

/** Somebody's wish to belong, as the team sees it. */
export const groupRequestSchema = z.object({
  id: z.uuid(),
  memberId: z.uuid(),
  name: z.string(),
  text: z.string(),
  madeAt: z.iso.datetime(),
  state: z.enum(requestStates),
  reason: z.string().describe("What the team told the member"),
});
export type GroupRequest = z.infer<typeof groupRequestSchema>;
