import { z } from "zod";
import type { Visitor } from "../model.ts";

/** Fits a line of the list beside the boards. */
export const LONGEST_GROUP_NAME = 60;
export const LONGEST_GROUP_ABOUT = 500;
/** A handle is typed by hand, in the middle of a sentence. */
export const LONGEST_HANDLE = 40;
/** What can be called with @ in a post: begins and ends with a letter, a digit or `_`. */
const HANDLE = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?$/u;
/** Who may call a group in a post besides the team: nobody, its people, or whoever knows of it. */
export const groupCallers = ["team", "members", "everyone"] as const;
/** As many people one post may call through groups: a circle that knows one another; whoever wants to reach more announces. */
export const MOST_CALLED = 500;
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
  handle: z
    .string()
    .trim()
    .normalize("NFC")
    .min(1)
    .max(LONGEST_HANDLE)
    .regex(HANDLE, { error: "letters, digits, hyphen, dot and underscore" })
    .describe("What it is called by in posts, behind an @"),
  callers: z.enum(groupCallers).describe("Who may call it in a post; the team always may"),
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
  namesake: z
    .object({ memberId: z.uuid(), name: z.string() })
    .nullable()
    .describe("A member by the name of the handle: a post calls them and not the group, until it has another handle"),
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

/** What every page needs to know of a group that stands. */
export interface CallableGroup {
  readonly id: string;
  readonly number: number;
  readonly handle: string;
  /** The handle as names are compared: see `nameKey`. */
  readonly key: string;
  readonly takesRequests: boolean;
  readonly callers: Group["callers"];
}

/** Whether a visitor belongs to a group; the team counts as belonging to all. */
export function isInGroup(visitor: Visitor, { id }: Pick<CallableGroup, "id">): boolean {
  return visitor.kind === "team" || (visitor.kind === "member" && visitor.groupIds.includes(id));
}

/** Whether a visitor may know that there is such a group: its people may, and of one that takes requests every member. */
export function knowsGroup(visitor: Visitor, group: Pick<CallableGroup, "id" | "takesRequests">): boolean {
  return visitor.kind !== "guest" && (group.takesRequests || isInGroup(visitor, group));
}

/** Whether a visitor may call a group in a post; nobody calls what they may not know of. */
export function mayCallGroup(
  visitor: Visitor,
  group: Pick<CallableGroup, "id" | "takesRequests" | "callers">,
): boolean {
  if (visitor.kind === "team") return true;
  if (group.callers === "team" || !knowsGroup(visitor, group)) return false;
  return group.callers === "everyone" || isInGroup(visitor, group);
}

/** A handle made of a name: its words with hyphens between them; empty when nothing of the name can stand in one. */
export function handleFrom(name: string): string {
  const words = name.normalize("NFC").replaceAll(/[^\p{L}\p{N}_]+/gu, "-");
  return words
    .slice(0, LONGEST_HANDLE - 4)
    .toWellFormed()
    .replaceAll(/^-+|-+$/g, "");
}
