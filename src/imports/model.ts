import { z } from "zod";
import { pageSchema } from "#src/base/paging.ts";
import { messageKinds } from "#src/platforms/model.ts";

/** The largest file taken through the browser. Larger ones are imported by `./veche import`. */
export const FILE_BYTES = 4 * 1024 ** 3;

/** The largest piece of a file sent at once; pages send 8 MiB. */
export const PIECE_BYTES = 64 * 1024 ** 2;

/** How many places are told of each reason for which something was skipped. */
export const TOLD_PLACES = 100;

/** How many broken pieces of one import are kept for a person to look at, each with its first 4 KB. */
export const KEPT_PIECES = 2000;

/** How long a file is kept of which something was put aside, in days: until a version that understands it may be there. */
export const KEPT_FILE_DAYS = 30;

/** How many spaces and unknown fields an answer lists by name. */
export const LISTED_SPACES = 200;
export const LISTED_FIELDS = 100;

/** The formats by name; see `formats/all.ts`. */
export const formatSchema = z.enum([
  "telegram-desktop",
  "discord",
  "slack",
  "discourse",
  "whatsapp",
  "jsonl",
  "csv",
  "daily-numbers",
]);
export type FormatName = z.infer<typeof formatSchema>;

/** In which order a day, a month and a year are written with numbers alone. */
export const dateOrderSchema = z.enum(["day-first", "month-first", "year-first"]);
export type DateOrder = z.infer<typeof dateOrderSchema>;

/** Numbers of a day that no export of messages holds. */
export const dailyMetrics = ["members", "reach", "views"] as const;
export const dailyMetricSchema = z.enum(dailyMetrics);
export type DailyMetric = z.infer<typeof dailyMetricSchema>;

const fieldName = z.string().min(1).max(200);

/** Our field to the file's. */
export const fieldMapSchema = z.strictObject({
  id: fieldName.exactOptional(),
  space: fieldName.exactOptional(),
  sentAt: fieldName.exactOptional(),
  authorId: fieldName.exactOptional(),
  authorName: fieldName.exactOptional(),
  text: fieldName.exactOptional(),
  replyTo: fieldName.exactOptional(),
});
export const ownFieldSchema = fieldMapSchema.keyof();

export const statusSchema = z.enum([
  "waiting",
  "running",
  "cancelling",
  "cancelled",
  "failed",
  "done",
  "withdrawing",
  "withdrawn",
]);
export type ImportStatus = z.infer<typeof statusSchema>;

/** A file on its way to the server. */
export const uploadSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  bytes: z.int().describe("How long the whole file is"),
  received: z.int().describe("How much of it is here"),
});
export type Upload = z.infer<typeof uploadSchema>;

const count = z.int();
const warningSchema = z.object({ code: z.string(), details: z.record(z.string(), z.union([z.string(), z.number()])) });
const kindCounts = z.partialRecord(z.enum(messageKinds), count);

/** What an import has done so far; stored with each batch. */
export const reportSchema = z.object({
  stored: count.default(0),
  updated: count.default(0),
  repeated: count.default(0),
  moves: count.default(0),
  newMembers: count.default(0),
  /** Messages read, by kind. */
  byKind: kindCounts.default({}),
  firstAt: z.number().nullable().default(null),
  lastAt: z.number().nullable().default(null),
  /** From when to when people came and went. */
  movedFrom: z.number().nullable().default(null),
  movedTo: z.number().nullable().default(null),
  /** By external id; messages read. */
  spaces: z.record(z.string(), z.object({ name: z.string(), kind: z.string(), messages: count })).default({}),
  skipped: z
    .record(z.string(), z.object({ count, first: z.array(z.object({ offset: count, number: count })) }))
    .default({}),
  passedOver: z.record(z.string(), count).default({}),
  unknownFields: z.record(z.string(), count).default({}),
  repaired: count.default(0),
  /** Numbers of days. */
  numbers: count.default(0),
  /** Accounts that a message proved to be bots, by external id. */
  bots: z.array(z.string()).default([]),
  kept: count.default(0),
  cutOff: z.boolean().default(false),
  /** What undoing it has done so far; null as long as nobody undid it. */
  withdrawn: z
    .object({
      messages: count,
      kept: count,
      moves: count,
      /** The last message that was looked at. */
      after: z.string().nullable(),
      firstAt: z.number().nullable(),
      lastAt: z.number().nullable(),
    })
    .nullable()
    .default(null),
  /** Of the last seconds, per second. */
  pace: z.object({ messages: z.number(), bytes: z.number() }).nullable().default(null),
});
export type ImportReport = z.infer<typeof reportSchema>;

/** An import with everything a page shows of it. */
export const importSchema = z.object({
  id: z.uuid(),
  format: formatSchema,
  fileName: z.string(),
  fileBytes: z.int(),
  readBytes: z.int(),
  status: statusSchema,
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  startedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  counts: z.object({
    stored: count.describe("New messages"),
    updated: count.describe("Known messages of which this was a newer edition"),
    repeated: count.describe("Known messages; nothing changed"),
    skipped: count,
    repaired: count.describe("Stored with unreadable characters replaced"),
    moves: count.describe("Comings and goings"),
    newMembers: count,
    numbers: count.describe("Numbers of days: members, reach, views"),
  }),
  byKind: kindCounts.describe("Messages read, by kind"),
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  spaces: z.array(z.object({ id: z.uuid(), name: z.string(), kind: z.string(), stored: count })),
  spaceCount: count,
  skipped: z.array(
    z.object({
      reason: z.string(),
      count,
      first: z.array(z.object({ offset: count.describe("Byte of the unpacked file"), number: count })),
    }),
  ),
  passedOver: z.array(z.object({ what: z.string(), count })).describe("Understood, and nothing to store"),
  unknownFields: z.array(z.object({ path: z.string(), count })),
  cutOff: z.boolean().describe("The file ends in the middle"),
  rate: z.number().nullable().describe("Messages a second, of late"),
  secondsLeft: z.number().nullable(),
  failure: warningSchema.nullable(),
  withdrawn: z
    .object({
      messages: count.describe("Messages taken out"),
      kept: count.describe("Messages that stay because another import brought them too"),
    })
    .nullable()
    .describe("What undoing the import has done so far"),
  mayUndo: z.boolean().describe("Everything it brought can be taken out again"),
  mayTryAgain: z.boolean().describe("Something was put aside, and the file is still there to be read anew"),
  auditReady: z.boolean().describe("All figures include this import"),
});
export type Import = z.infer<typeof importSchema>;
export const importPageSchema = pageSchema(importSchema);

/** What an import would do, from a look at the file. */
export const previewSchema = z.object({
  format: formatSchema,
  fileName: z.string(),
  fileBytes: z.int(),
  complete: z.boolean().describe("The whole file was read; otherwise the figures are of its beginning"),
  messages: count.nullable().describe("Exact when the file was read to its end, else an estimate"),
  spaces: z.array(
    z.object({
      externalId: z.string(),
      name: z.string(),
      type: z.string(),
      isPrivate: z.boolean(),
      messages: count.nullable(),
    }),
  ),
  spaceCount: count,
  authors: count.nullable(),
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  timeZone: z.object({ needed: z.boolean(), value: z.string() }),
  dates: z
    .object({
      order: dateOrderSchema,
      isGuess: z.boolean().describe("The file could be read in another order as well"),
    })
    .nullable(),
  columns: z.array(z.object({ name: z.string(), example: z.string() })).nullable(),
  map: fieldMapSchema.nullable(),
  missing: z.array(ownFieldSchema),
  sample: z.array(
    z.object({
      sentAt: z.iso.datetime(),
      space: z.string(),
      author: z.string().nullable(),
      kind: z.enum(messageKinds),
      text: z.string(),
      reply: z.boolean(),
    }),
  ),
  numbers: z
    .object({
      count,
      metrics: z.array(dailyMetricSchema),
      spaces: z.array(z.string()).describe("By name; empty for the whole community"),
      firstDay: z.iso.date(),
      lastDay: z.iso.date(),
    })
    .nullable()
    .describe("Numbers of days, in a table that holds no messages"),
  skippedInSample: z.array(z.object({ reason: z.string(), position: count })),
  warnings: z.array(warningSchema),
});
export type Preview = z.infer<typeof previewSchema>;

/** Something an import put aside. */
export const skippedSchema = z.object({
  id: z.uuid(),
  reason: z.string(),
  position: count.describe("Byte of the unpacked file"),
  bytes: count,
  raw: z.string().describe("Its beginning; what is not UTF-8 is replaced"),
  at: z.iso.datetime(),
});
export const skippedPageSchema = pageSchema(skippedSchema);
export type SkippedPiece = z.infer<typeof skippedSchema>;
