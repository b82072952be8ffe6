import { dailyMetricSchema } from "#src/imports/model.ts";
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
  savedSegment: z.uuid().optional().describe("Id of a saved segment: nobody outside of it counts as a member"),
  compare: z
    .enum(["before", "none"])
    .default("before")
    .describe("Whether to measure the period before of the same length"),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

/** Which days and spaces the numbers are asked for that were brought as a table. */
export const broughtQuerySchema = z.object({
  from: dateSchema.describe("First day, in the community's time zone"),
  to: dateSchema.describe("Last day, included"),
  spaces: spaceList.describe("Ids of spaces with commas between; all spaces when empty"),
});
export type BroughtQuery = z.infer<typeof broughtQuerySchema>;

const dayValueSchema = z.object({ day: dateSchema, value: z.number() });

/** Numbers of days that no export of messages holds, with how many days of the period have any. */
export const broughtNumbersSchema = z.object({
  items: z.array(
    z.object({
      metric: dailyMetricSchema,
      days: z.int().describe("Days of the period that have a number"),
      of: z.int().describe("Days of the period"),
      first: dayValueSchema,
      last: dayValueSchema,
      total: z.number(),
      values: z.array(z.number().nullable()).describe("One for each day of the period; null is unknown"),
    }),
  ),
});
export type BroughtNumbers = z.infer<typeof broughtNumbersSchema>;

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
  z.object({ kind: z.literal("day"), day: dateSchema }),
  z.object({ kind: z.literal("space"), space: z.uuid() }),
  z.object({ kind: z.literal("message-kind"), messageKind: z.string().max(32) }),
  z.object({ kind: z.literal("member"), member: z.uuid() }),
  z.object({ kind: z.literal("replies-to"), member: z.uuid() }),
  z.object({ kind: z.literal("thread"), message: z.uuid() }),
  z.object({ kind: z.literal("first-messages") }),
  z.object({ kind: z.literal("unanswered-newcomers") }),
  z.object({ kind: z.literal("questions") }),
  z.object({ kind: z.literal("unanswered-questions") }),
  z.object({ kind: z.literal("most-reactions") }),
]);
export type MessagesBehind = z.infer<typeof messagesBehindSchema>;

/** Names a list of members that stand behind a number. */
export const membersBehind = ["active", "new", "returning", "gone", "one-message", "half"] as const;
export type MembersBehind = (typeof membersBehind)[number];

/** What a person does more than others who write much. */
export const memberRoles = ["answers-newcomers", "answers", "starts", "connects"] as const;
export type MemberRole = (typeof memberRoles)[number];

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

/** A member or a space by its id, with the name to show. */
export const refSchema = z.object({ id: z.uuid(), name: z.string() });
export type Ref = z.infer<typeof refSchema>;

/** The commonest keys with how often each was counted; `total` is over all, `kinds` how many different keys there are. */
export const countsSchema = z.object({
  rows: z.array(z.object({ key: z.string(), count: z.int() })),
  total: z.int(),
  kinds: z.int(),
});

/** One value a day of the period, oldest first. `weekly`: distinct people within the seven days up to each. */
export const dailySchema = z.object({
  members: z.array(z.int()),
  weekly: z.array(z.int()),
  messages: z.array(z.int()),
  newMembers: z.array(z.int()),
});

const waitsShape = {
  withinHour: z.int(),
  withinDay: z.int().describe("after an hour"),
  later: z.int(),
  never: z.int(),
};
const returnedSchema = z.object({ eligible: z.int(), returned: z.int() });

/** The answer to "what is this community?": everything the audit page draws. Null: this history cannot tell, or holds nothing. */
export const auditSchema = z.object({
  period: spanSchema,
  before: spanSchema
    .nullable()
    .describe("The period compared with; null when not asked for or before the history began"),
  history: spanSchema
    .nullable()
    .describe("First to last day with a message in the chosen spaces; null when none is stored"),
  timeZone: z.string(),
  segment: z.enum(segments),
  savedSegment: refSchema.nullable().describe("The saved segment whose members alone are counted; null: no such limit"),
  spaces: z.array(refSchema).describe("The chosen spaces; empty: all"),
  spaceCount: z.int().describe("Spaces with a message in the period"),
  madeAt: z.iso.datetime(),
  headline: z.array(sentenceSchema),
  limits: z.array(limitSchema),
  figures: z.array(figureSchema).describe("Every metric that is one number"),
  daily: dailySchema,
  dailyBefore: dailySchema.nullable(),
  cohorts: z.array(z.object({ week: dateSchema, members: z.int(), returned: z.array(z.int()) })),
  top: z.array(
    z.object({
      member: refSchema,
      messages: z.int(),
      share: z.number(),
      activeDays: z.int(),
      repliesTo: z.int().describe("How many people they replied to"),
      repliedBy: z.int().describe("How many people replied to them"),
      role: z.enum(memberRoles).optional(),
      to: z.array(refSchema).describe("Those they reply to most, at most three"),
    }),
  ),
  lorenz: z.array(z.number()).nullable().describe("Share of messages at each twentieth of the people, quietest first"),
  graph: z
    .object({
      nodes: z.array(z.object({ member: refSchema, messages: z.int(), isNew: z.boolean() })),
      edges: z.array(z.object({ a: z.int(), b: z.int(), replies: z.int() })).describe("a and b are places in nodes"),
    })
    .nullable(),
  welcome: z.object({ count: z.int(), ...waitsShape, answered: returnedSchema, unanswered: returnedSchema }).nullable(),
  answers: z.object({ asked: z.int(), answered: z.int(), ...waitsShape }).nullable(),
  heat: z.array(z.array(z.int())).describe("Messages by weekday, Monday first, and local hour"),
  lively: z.array(z.object({ weekday: z.int(), fromHour: z.int(), toHour: z.int(), share: z.number() })),
  languages: countsSchema,
  domains: countsSchema,
  reactions: countsSchema,
  kinds: countsSchema,
  spacesCompared: z.array(
    z.object({
      space: refSchema,
      messages: z.int(),
      members: z.int(),
      questions: z.int(),
      answeredShare: z.number().optional(),
      medianAnswer: z.number().optional(),
      before: z.object({ messages: z.int(), members: z.int() }).optional(),
    }),
  ),
  signals: z.array(signalSchema),
  team: z
    .object({ messages: z.int(), members: z.int(), botMessages: z.int() })
    .describe("Counted apart from everything else"),
});
export type Audit = z.infer<typeof auditSchema>;

/** The definition of a metric as the API and the page of definitions show it. */
export const definitionSchema = z.object({
  name: z.string(),
  version: z.int(),
  unit: z.string(),
  formula: z.string().describe("In symbols and English words; the console tells it in the reader's language"),
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
  "figures",
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
