import * as z from "zod";
import { levels, stages } from "./standing/model.ts";
import { tagSchema } from "./tags/model.ts";

/** What the list of members may be ordered by, each with the more telling end first; `name` runs from А and A. */
export const memberSorts = ["last-active", "messages", "newest", "name"] as const;
export type MemberSort = (typeof memberSorts)[number];

/** A calendar date of the community's time zone, `2026-11-29`. */
const dateSchema = z.iso.date();

/** Longer than any name a platform allows; only the first words of a search count. */
export const LONGEST_SEARCH = 200;

/** Days counted back; a hundred years are everything. */
const withinSchema = z.int().min(1).max(36_525);

/** Which members are meant. What is left out does not narrow. */
export const memberFilterFields = {
  search: z
    .string()
    .max(LONGEST_SEARCH)
    .optional()
    .describe("Beginnings of words of a name, a user name or an id on a platform; Latin and Cyrillic alike"),
  platform: z.string().max(64).optional().describe("Has an account on this platform"),
  space: z.uuid().optional().describe("Has written in this space"),
  staff: z.boolean().optional().describe("true: the team alone; false: everybody else"),
  bots: z.boolean().optional().describe("true: bots alone; false: people alone"),
  activeSince: dateSchema.optional().describe("Has written on this day or later"),
  firstSeenSince: dateSchema.optional().describe("Was seen for the first time on this day or later"),
  activeWithin: withinSchema
    .optional()
    .describe("Has written in so many days up to the last day on which anybody wrote"),
  firstSeenWithin: withinSchema
    .optional()
    .describe("Was seen for the first time in so many days up to the last day on which anybody wrote"),
  messagesAtLeast: z.int().min(1).max(1_000_000_000).optional().describe("Has written at least so many messages"),
  level: z
    .array(z.enum(levels))
    .max(levels.length)
    .optional()
    .describe("Stands at one of these levels of engagement; the team and bots stand at none"),
  stage: z
    .array(z.enum(stages))
    .max(stages.length)
    .optional()
    .describe("Is in one of these stages of life; the team and bots are in none"),
  tag: z.array(z.uuid()).max(20).optional().describe("Bears one of these tags"),
  segment: z.uuid().optional().describe("Belongs to this segment"),
};

const memberFilterSchema = z.object(memberFilterFields);
export type MemberFilter = z.infer<typeof memberFilterSchema>;

/** A person's account on one platform. */
export const accountSchema = z.object({
  platform: z.string(),
  externalId: z.string().describe("The id by which the platform knows them"),
  name: z.string(),
  username: z.string().nullable(),
});
export type Account = z.infer<typeof accountSchema>;

const cardFields = {
  id: z.uuid(),
  name: z.string().describe("May be empty: deleted accounts have no name"),
  isStaff: z.boolean(),
  isBot: z.boolean(),
  messages: z.int(),
  activeDays: z.int().describe("Days of the community's time zone with a message"),
  firstSeenAt: z.iso.datetime().describe("First message or arrival, whichever came first"),
  lastActiveAt: z.iso.datetime().nullable().describe("Last message; null: has never written"),
  step: z
    .int()
    .min(0)
    .max(12)
    .nullable()
    .describe(
      "0 outside, 1 to 3 Exploring, 4 to 6 Participating, 7 to 9 Contributing, 10 to 12 Leading; null: team or bot",
    ),
  stage: z.enum(stages).nullable().describe("Stage of life in the community; null: team or bot"),
  tags: z.array(tagSchema),
};

/** One line of the list. */
export const memberRowSchema = z.object({
  ...cardFields,
  accounts: z.array(accountSchema).describe("Up to five"),
});
export type MemberRow = z.infer<typeof memberRowSchema>;

/**
 * How many members a list holds. `at-least` where counting all of them would take longer than showing them.
 */
export const memberTotalSchema = z.object({ count: z.int(), precision: z.enum(["exact", "at-least"]) });
export type MemberTotal = z.infer<typeof memberTotalSchema>;

/** Counting ends here; a list beyond says "more than". */
export const COUNTED_MEMBERS = 10_000;

const personRef = z.object({ id: z.uuid(), name: z.string(), isStaff: z.boolean(), isBot: z.boolean() });

/** Somebody the member talks with, and how many answers went that way. */
export const tieSchema = personRef.extend({ answers: z.int() });
export type Tie = z.infer<typeof tieSchema>;

/** Somebody came or went. */
export const moveSchema = z.object({
  kind: z.enum(["joined", "left", "removed"]),
  at: z.iso.datetime(),
  space: z.object({ id: z.uuid(), name: z.string() }),
});

/** What somebody's level and stage are concluded from. */
export const standingSchema = z.object({
  asOf: dateSchema.describe("The last day on which anybody wrote in the community"),
  from: dateSchema.describe("The first day of the look-back"),
  days: z.int().describe("Days with a message in the look-back"),
  weeks: z.int().describe("Weeks from Monday on with at least 2 such days"),
  months: z.int().describe("Months of the calendar with at least 7"),
  quarters: z.int().describe("Quarters of the calendar with at least 30"),
  replies: z.int().describe("Messages in the look-back that answer somebody"),
  silence: z.int().nullable().describe("Days since the last message; null: has never written"),
  absence: z.int().nullable().describe("Days of silence before somebody who came back wrote again"),
});
export type StandingEvidence = z.infer<typeof standingSchema>;

/** A member as their page shows them. */
export const memberSchema = z.object({
  ...cardFields,
  accounts: z.array(accountSchema).describe("Up to 50"),
  spaces: z
    .array(z.object({ id: z.uuid(), name: z.string(), messages: z.int(), lastDay: dateSchema }))
    .describe("Where they wrote, most messages first; up to 20"),
  spaceCount: z.int(),
  year: z.object({
    from: dateSchema,
    to: dateSchema.describe("The last day on which anybody wrote in the community"),
    days: z.array(z.object({ day: dateSchema, messages: z.int() })).describe("Days with messages, oldest first"),
  }),
  standing: standingSchema.nullable().describe("null: team, bot, or not counted yet"),
  replies: z.int().describe("Messages that answer somebody"),
  questions: z.int(),
  answersTo: z.array(tieSchema).describe("Whom they answer most; up to 5"),
  answeredBy: z.array(tieSchema).describe("Who answers them most; up to 5"),
  moves: z.array(moveSchema).describe("Newest first; up to 20"),
});
export type Member = z.infer<typeof memberSchema>;

/** Days shown in a member's year: 53 whole weeks. */
export const YEAR_DAYS = 371;

/** Texts in a timeline are cut to this many characters: as long as a message of Telegram can be. */
export const TIMELINE_TEXT = 4096;

/** One message in a member's timeline. */
export const timelineEntrySchema = z.object({
  id: z.uuid(),
  sentAt: z.iso.datetime(),
  kind: z.string(),
  text: z.string().describe(`Cut to ${TIMELINE_TEXT} characters`),
  isCut: z.boolean(),
  space: z.object({ id: z.uuid(), name: z.string() }),
  replyTo: z.object({ memberId: z.uuid(), name: z.string() }).nullable(),
  reactions: z.int(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** More than a person marks by hand, and few enough for one transaction. */
export const MOST_MARKED = 500;

/** What a member shall be marked as; a mark left out stays as it is. */
export const markSchema = z.strictObject({
  memberId: z.uuid(),
  isStaff: z.boolean().optional(),
  isBot: z.boolean().optional(),
});
export type Mark = z.infer<typeof markSchema>;

/** Rows in one export: 100,000 make a file of some 10 MB that every spreadsheet opens. */
export const EXPORT_LIMIT = 100_000;
