import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { download } from "#src/accounts/download.ts";
import { procedure } from "#src/accounts/procedure.ts";
import { csvRow, UTF8_MARK } from "#src/base/csv-row.ts";
import { pageFields, pageSchema } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import {
  auditQuerySchema,
  broughtNumbersSchema,
  broughtQuerySchema,
  auditSchema,
  definitionSchema,
  memberBehindSchema,
  membersBehind as membersBehindNames,
  messageBehindSchema,
  messagesBehindSchema,
  tables,
  type Audit,
  type AuditQuery,
  type MessagesBehind,
} from "./model.ts";
import { audit, broughtNumbers, metricDefinitions } from "./queries.ts";
import { everyMember, membersBehind, messagesBehind } from "./store/lists.ts";
import type { Place } from "./store/opened.ts";
import { tableOf } from "./store/tables.ts";

const tags: readonly [string] = ["Analytics"];

function placeOf({ run, community, facts, now }: CommunityCall): Place {
  return { run, community, timeZone: facts.timeZone, now: now() };
}

const kinds = messagesBehindSchema.options.map(({ shape }) => shape.kind.value);

/** The fields of every kind of list, flat, so that they fit into an address. */
const behindFields = {
  behind: z.enum(kinds).describe("Which list; the fields below belong to the list of the same name"),
  weekday: z.int().min(0).max(6).optional().describe("hour: Monday is 0"),
  hour: z.int().min(0).max(23).optional().describe("hour: on the community's clock"),
  domain: z.string().max(255).optional(),
  language: z.string().max(16).optional(),
  emoji: z.string().max(64).optional(),
  day: z.iso.date().optional(),
  space: z.uuid().optional(),
  messageKind: z.string().max(32).optional(),
  member: z.uuid().optional().describe("member, replies-to"),
  message: z.uuid().optional().describe("thread: the message that was answered"),
};

function behindOf({ behind, ...fields }: z.output<z.ZodObject<typeof behindFields>>): MessagesBehind {
  const parsed = messagesBehindSchema.safeParse({ kind: behind, ...fields });
  return parsed.success ? parsed.data : refuse("not-found", "analytics.nothing-behind");
}

async function* csvOf(place: Place, query: AuditQuery, table: (typeof tables)[number]): AsyncGenerator<string> {
  if (table === "members") {
    yield UTF8_MARK + csvRow(["id", "name", "messages", "activeDays", "lastDay"]);
    for await (const part of everyMember(place, query)) {
      yield part
        .map(({ id, name, messages, activeDays, lastDay }) => csvRow([id, name, messages, activeDays, lastDay]))
        .join("");
    }
    return;
  }
  const { columns, rows } = tableOf(table, await audit(place, query));
  yield UTF8_MARK + [columns, ...rows].map((row) => csvRow(row)).join("");
}

function fileNameOf(table: string, { from, to }: AuditQuery): string {
  return [`audit-${table}`, from, to]
    .filter((part) => part !== undefined)
    .join("-")
    .concat(".csv");
}

/** The audit, what stands behind its numbers, and how they are counted. */
export const analyticsApi = {
  audit: procedure({
    method: "GET",
    path: "/communities/{community}/audit",
    operationId: "getAudit",
    permission: "analytics.read",
    summary: "What is this community? Figures, headline and what stood out, for a period",
    description:
      "Days are those of the community's time zone. Staff and bots are left out of everything about members and counted apart in `team`. " +
      "A figure without `value` says in `silence` why. Every figure is defined in the list of definitions.",
    tags,
    input: auditQuerySchema,
    output: auditSchema,
    handler: ({ input: { ...query }, context }): Promise<Audit> => audit(placeOf(context), query),
  }),
  brought: procedure({
    method: "GET",
    path: "/communities/{community}/audit/daily-numbers",
    operationId: "getDailyNumbers",
    permission: "analytics.read",
    summary: "Members, reach and views by day, as they were brought in a table",
    description: "They are not counted from messages, and Veche cannot check them. Of two imports the later counts.",
    tags,
    input: broughtQuerySchema,
    output: broughtNumbersSchema,
    handler: ({ input: { ...query }, context }) => broughtNumbers(placeOf(context), query),
  }),
  definitions: procedure({
    method: "GET",
    path: "/communities/{community}/audit/definitions",
    operationId: "listMetricDefinitions",
    permission: "analytics.read",
    summary: "How every number of an audit is counted",
    tags,
    output: z.object({ items: z.array(definitionSchema) }),
    handler: async () => ({ items: metricDefinitions() }),
  }),
  messagesBehind: procedure({
    method: "GET",
    path: "/communities/{community}/audit/messages",
    operationId: "listMessagesBehind",
    permission: "analytics.read",
    summary: "The messages behind a number of an audit, newest first",
    tags,
    input: auditQuerySchema.omit({ compare: true }).extend({ ...behindFields, ...pageFields }),
    output: pageSchema(messageBehindSchema),
    handler: ({ input, context }) => {
      const { from, to, spaces, segment, savedSegment, limit, after, ...fields } = input;
      const query: AuditQuery = { from, to, spaces, segment, savedSegment, compare: "none" };
      return messagesBehind(placeOf(context), query, { behind: behindOf(fields), limit, after });
    },
  }),
  membersBehind: procedure({
    method: "GET",
    path: "/communities/{community}/audit/members",
    operationId: "listMembersBehind",
    permission: "analytics.read",
    summary: "The members behind a number of an audit, those who wrote most first",
    tags,
    input: auditQuerySchema.omit({ compare: true }).extend({ behind: z.enum(membersBehindNames), ...pageFields }),
    output: pageSchema(memberBehindSchema).extend({ total: z.int() }),
    handler: ({ input, context }) => {
      const { behind, limit, after, ...query } = input;
      return membersBehind(placeOf(context), { ...query, compare: "none" }, { behind, limit, after });
    },
  }),
  table: download({
    path: "/communities/{community}/audit/tables/{table}",
    operationId: "downloadAuditTable",
    permission: "analytics.read",
    summary: "A table of an audit as CSV, safe to open in a spreadsheet",
    tags,
    input: auditQuerySchema.extend({ table: z.enum(tables) }),
    file: "text/csv",
    handler: async ({ input: { table, ...query }, context }) => ({
      fileName: fileNameOf(table, query),
      parts: csvOf(placeOf(context), query, table),
    }),
  }),
};
