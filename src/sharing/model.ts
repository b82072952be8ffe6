import { z } from "zod";
import { emailSchema, localeSchema, timeZoneSchema } from "#src/accounts/model.ts";
import { auditSchema, definitionSchema, segments } from "#src/analytics/model.ts";

/** How long a link may live, in days: a report that is older than a year is better made anew. */
export const LONGEST_LINK_DAYS = 365;

/** How long whoever gave a link's password may read on without giving it again. */
export const GRANT_HOURS = 12;

/** 8 to 128 characters: guesses are limited by reader and by link, and the link itself cannot be guessed. */
export const linkPasswordSchema = z.string().min(8).max(128);

/** What a link or a letter shows; without dates the last 90 days that hold messages on the day it is read. */
export const shownSchema = z.object({
  from: z.iso.date().nullable(),
  to: z.iso.date().nullable(),
  spaces: z.array(z.object({ id: z.uuid(), name: z.string() })).describe("Empty: all spaces"),
  segment: z.enum(segments),
  savedSegment: z
    .object({ id: z.uuid(), name: z.string().nullable().describe("null: it was deleted, and nothing is shown") })
    .nullable(),
  names: z.boolean().describe("Whether members are named; otherwise they are numbered"),
});
export type Shown = z.infer<typeof shownSchema>;

export const linkStates = ["open", "expired", "revoked"] as const;
export type LinkState = (typeof linkStates)[number];

/** A link to an audit, without its secret. */
export const auditLinkSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(linkStates),
  shows: shownSchema,
  hasPassword: z.boolean(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  opened: z.int().describe("How often it was read"),
  openedAt: z.iso.datetime().nullable(),
});
export type AuditLink = z.infer<typeof auditLinkSchema>;

/** What is behind a link: a question for its password, or the audit. */
export const sharedAuditSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("locked") }),
  z.object({
    state: z.literal("open"),
    community: z.string().describe("Its name"),
    names: z.boolean(),
    expiresAt: z.iso.datetime(),
    audit: auditSchema,
    definitions: z.array(definitionSchema),
  }),
]);
export type SharedAudit = z.infer<typeof sharedAuditSchema>;

/** More readers than this want a mailing list, not a report. */
export const MOST_READERS = 50;

/** How long the link in a letter works, in days: until after the letter after the next. */
export const LETTER_LINK_DAYS = 62;

/** When letters go out: on a weekday (Monday is 0) or a day of the month (1 to 28), at an hour of a zone's wall clock. */
export const rhythmShape = {
  every: z.enum(["week", "month"]),
  day: z.int().min(0).max(28).describe("week: Monday is 0; month: 1 to 28"),
  hour: z.int().min(0).max(23),
  timeZone: timeZoneSchema,
};
const rhythmSchema = z.object(rhythmShape);
export type Rhythm = z.infer<typeof rhythmSchema>;

/** Whether the day exists in every week or month. */
export function isDayOf({ every, day }: Pick<Rhythm, "every" | "day">): boolean {
  return every === "week" ? day <= 6 : day >= 1;
}

/** What is wished of a letter that comes again. */
export const letterWishShape = {
  ...rhythmShape,
  language: localeSchema,
  spaces: z.array(z.uuid()).max(1000).describe("Empty: all spaces"),
  names: z.boolean().describe("Whether members are named behind the link in the letter"),
  readers: z.array(emailSchema).min(1).max(MOST_READERS),
};

/** How the last letter to a reader stands. `failure` is the mail server's word, such as `EENVELOPE 550`. */
export const letterReaderSchema = z.object({
  email: z.string(),
  wantsIt: z.boolean().describe("False once the reader said so by the link in the letter"),
  last: z.enum(["waiting", "sent", "failed"]).nullable(),
  failure: z.string().nullable(),
});
export type LetterReader = z.infer<typeof letterReaderSchema>;

/** A letter with the figures of each week or month. */
export const auditLetterSchema = z.object({
  id: z.uuid(),
  ...rhythmShape,
  language: localeSchema,
  spaces: z.array(z.object({ id: z.uuid(), name: z.string() })),
  names: z.boolean(),
  paused: z.boolean(),
  createdBy: z.string(),
  nextAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  failure: z
    .object({ code: z.string(), at: z.iso.datetime() })
    .nullable()
    .describe("Why the last one was not written; `refusal_<code>` is its sentence"),
  readers: z.array(letterReaderSchema),
});
export type AuditLetter = z.infer<typeof auditLetterSchema>;
