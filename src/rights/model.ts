import * as z from "zod";

export const erasureStates = ["waiting", "running", "done", "failed"] as const;
export type ErasureState = (typeof erasureStates)[number];

/** What an erasure has done so far. */
export const erasureReportSchema = z.object({
  total: z.int().describe("Messages of the community when it began"),
  seen: z.int().describe("Messages looked through so far"),
  own: z.int().describe("Messages of the person whose content is gone"),
  others: z.int().describe("Messages of others in which the person was named"),
  links: z.int().describe("Links of the person that are gone"),
  places: z.int().describe("Columns of other tables that were looked through"),
});
export type ErasureReport = z.infer<typeof erasureReportSchema>;

/** An erasure of one person. The person stays as a member without a name. */
export const erasureSchema = z.object({
  id: z.uuid(),
  memberId: z.uuid(),
  state: z.enum(erasureStates),
  step: z.enum(["messages", "tables", "counting", "done"]),
  report: erasureReportSchema,
  failure: z.string().nullable().describe("Why it stopped: where something was left, or the name of an error"),
  askedBy: z.uuid().nullable(),
  askedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type Erasure = z.infer<typeof erasureSchema>;

export const requestKinds = ["access", "correction", "erasure"] as const;
export const regimes = ["gdpr", "152-fz"] as const;
export type Regime = (typeof regimes)[number];
export const requestStates = ["open", "answered", "refused"] as const;

/** Something that somebody asked about their data. Days are of the community's time zone. */
export const requestSchema = z.object({
  id: z.uuid(),
  kind: z.enum(requestKinds),
  regime: z.enum(regimes),
  memberId: z.uuid().nullable(),
  askedBy: z.string().describe("Who asked and how to reach them"),
  details: z.string(),
  receivedOn: z.iso.date(),
  dueOn: z.iso.date().describe("The last day on which the answer is in time"),
  isExtended: z.boolean(),
  state: z.enum(requestStates),
  answer: z.string(),
  answeredAt: z.iso.datetime().nullable(),
  answeredBy: z.string().nullable().describe("Who of the team; null: a key, or somebody who is gone"),
});
export type DataRequest = z.infer<typeof requestSchema>;

/** Long enough for a letter; it is read by people. */
export const LONGEST_TEXT = 20_000;

export const retentionKinds = ["message-texts", "broken-pieces", "closed-requests"] as const;
export type RetentionKind = (typeof retentionKinds)[number];

/** For how long one kind of data is kept, and what is older. */
export const retentionSchema = z.object({
  kind: z.enum(retentionKinds),
  days: z.int().nullable().describe("null: for ever"),
  appliedAt: z.iso.datetime().nullable(),
  removed: z.int().describe("How many were removed by this rule so far"),
});
export type Retention = z.infer<typeof retentionSchema>;

/** The shortest time anything may be kept, so that a slip of the finger empties nothing: a week. */
export const SHORTEST_KEPT_DAYS = 7;

/** A wording of consent. */
export const consentTextSchema = z.object({
  id: z.uuid(),
  purpose: z.string(),
  version: z.int(),
  text: z.string(),
  hash: z.string().describe("SHA-256 of the text in hexadecimal"),
  madeAt: z.iso.datetime(),
  standing: z.int().describe("How many agree to this wording now"),
});
export type ConsentText = z.infer<typeof consentTextSchema>;

/** One person's consent to one wording. */
export const consentSchema = z.object({
  id: z.uuid(),
  memberId: z.uuid(),
  memberName: z.string().describe("Empty for people who were erased"),
  purpose: z.string(),
  version: z.int(),
  hash: z.string(),
  givenAt: z.iso.datetime(),
  place: z.string().describe("Where it was given: a chat, a form, a letter"),
  withdrawnAt: z.iso.datetime().nullable(),
});
export type Consent = z.infer<typeof consentSchema>;
