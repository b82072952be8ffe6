import * as z from "zod";

/** A calendar date of the community's time zone, `2026-11-29`. */
export const dateSchema = z.iso.date();

/**
 * Whose writing is counted. Staff and bots are outside of every segment but `team`.
 * - `everyone`: all members.
 * - `newcomers`: members whose first message lies inside the period.
 * - `regulars`: members who wrote in at least half of the period's weeks.
 * - `team`: staff alone.
 */
export const segments = ["everyone", "newcomers", "regulars", "team"] as const;
export type Segment = (typeof segments)[number];

/** The longest period one audit may cover, in days: ten years, so that an audit of a whole history is possible. */
export const LONGEST_PERIOD = 3653;
/** The period shown when none is asked for, in days, ending with the last day that has a message. */
export const USUAL_PERIOD = 90;

const spaceList = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text === "" ? [] : text.split(",")))
  .pipe(z.array(z.uuid()).max(1000));

/** What an audit is asked about. Without dates: the last 90 days of what is stored. Spaces are ids with commas between. */
export const auditQuerySchema = z.object({
  from: dateSchema.optional().describe("First day, in the community's time zone"),
  to: dateSchema.optional().describe("Last day, included"),
  spaces: spaceList.describe("Ids of spaces with commas between; all spaces when empty"),
  segment: z.enum(segments).default("everyone"),
  compare: z
    .enum(["before", "none"])
    .default("before")
    .describe("Whether to measure the period before of the same length"),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

/** Why a figure has no value. */
export const silences = ["too-few", "too-short", "no-replies", "no-reactions", "no-moves"] as const;
export type Silence = (typeof silences)[number];

/** The unit a figure is written in. `share` is 0 to 1; `seconds` are shown as hours and minutes. */
export const units = ["members", "messages", "replies", "questions", "reactions", "share", "ratio", "seconds"] as const;
export type Unit = (typeof units)[number];

/** One number of the audit with its change. `trend` has one value a week of the period, oldest first; null is unknown. */
export const figureSchema = z.object({
  metric: z.string(),
  unit: z.enum(units),
  better: z.enum(["more", "less", "neither"]),
  value: z.number().optional(),
  before: z.number().optional(),
  silence: z.enum(silences).optional().describe("Why there is no value"),
  trend: z.array(z.number().nullable()),
});
export type Figure = z.infer<typeof figureSchema>;

/** Days `from` to `to`, both included. */
export const spanSchema = z.object({ from: dateSchema, to: dateSchema, days: z.int() });
export type Span = z.infer<typeof spanSchema>;

/** Names a list of messages that stand behind a number. The page hands it back to the drill-down procedure as it is. */
export const messagesBehindSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("hour"), weekday: z.int().min(0).max(6), hour: z.int().min(0).max(23) }),
  z.object({ kind: z.literal("domain"), domain: z.string().max(255) }),
  z.object({ kind: z.literal("language"), language: z.string().max(16) }),
  z.object({ kind: z.literal("emoji"), emoji: z.string().max(64) }),
  z.object({ kind: z.literal("member"), member: z.uuid() }),
  z.object({ kind: z.literal("replies-to"), member: z.uuid() }),
  z.object({ kind: z.literal("thread"), message: z.uuid() }),
  z.object({ kind: z.literal("first-messages") }),
  z.object({ kind: z.literal("unanswered-newcomers") }),
  z.object({ kind: z.literal("unanswered-questions") }),
  z.object({ kind: z.literal("most-reactions") }),
]);
export type MessagesBehind = z.infer<typeof messagesBehindSchema>;

/** Names a list of members that stand behind a number. */
export const membersBehind = ["active", "new", "returning", "gone", "one-message", "half"] as const;
export type MembersBehind = (typeof membersBehind)[number];

/** A claim about a stretch of days that differ from what is usual, with what would have been usual. */
export const signalSchema = z.object({
  kind: z.string().describe("Names its sentence: analytics_signal_<kind>"),
  from: dateSchema,
  to: dateSchema,
  weight: z.number().describe("How far outside the usual; the list is sorted by it"),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  behind: messagesBehindSchema,
});
export type Signal = z.infer<typeof signalSchema>;

/** A plain sentence of the headline: its words are `analytics_headline_<key>`, its numbers are in `facts`. */
export const sentenceSchema = z.object({
  key: z.string(),
  metric: z.string().describe("The definition behind the sentence"),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Sentence = z.infer<typeof sentenceSchema>;

/** Something this history cannot show: `analytics_limit_<key>`. `metrics` are the names of metrics it touches; empty: all. */
export const limitSchema = z.object({
  key: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  metrics: z.array(z.string()),
});
export type Limit = z.infer<typeof limitSchema>;

/** The definition of a metric as the API and the page of definitions show it. */
export const definitionSchema = z.object({
  name: z.string(),
  version: z.int(),
  unit: z.string(),
  formula: z.string().describe("In symbols, the same in every language"),
  window: z.enum(["period", "rolling", "history"]),
  excludes: z.array(z.string()),
  needs: z.array(z.string()),
  source: z.string(),
});
export type Definition = z.infer<typeof definitionSchema>;

/** One row of a list of messages behind a number. */
export const messageBehindSchema = z.object({
  id: z.uuid(),
  sentAt: z.iso.datetime(),
  space: z.object({ id: z.uuid(), name: z.string() }),
  member: z.object({ id: z.uuid(), name: z.string() }),
  kind: z.string(),
  text: z.string().describe("The beginning of the message, at most 400 characters"),
  count: z.int().optional().describe("Reactions or replies, where the list is about them"),
});
export type MessageBehind = z.infer<typeof messageBehindSchema>;

/** One row of a list of members behind a number. */
export const memberBehindSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  messages: z.int(),
  activeDays: z.int(),
  lastDay: dateSchema,
});
export type MemberBehind = z.infer<typeof memberBehindSchema>;

/** Tables of the audit that can be fetched as CSV. */
export const tables = [
  "daily",
  "weekly",
  "members",
  "cohorts",
  "heat",
  "languages",
  "domains",
  "reactions",
  "spaces",
  "signals",
] as const;
export type TableName = (typeof tables)[number];
