import { z } from "zod";
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
