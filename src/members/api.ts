import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { download } from "#src/accounts/download.ts";
import { procedure } from "#src/accounts/procedure.ts";
import type { Locale } from "#src/base/locale.ts";
import { pageFields, pageSchema } from "#src/base/paging.ts";
import { m } from "#words";
import { markMembers } from "./actions.ts";
import { mergesApi } from "./merging/api.ts";
import { notesApi } from "./notes/api.ts";
import { stageWords, stepWord } from "./pages/console/standing-words.ts";
import { segmentsApi } from "./segments/api.ts";
import { tagsApi } from "./tags/api.ts";
import { suggestionsApi } from "./merging/suggestions-api.ts";
import {
  EXPORT_LIMIT,
  markSchema,
  memberFilterFields,
  memberRowSchema,
  memberSchema,
  memberSorts,
  memberTotalSchema,
  MOST_MARKED,
  timelineEntrySchema,
} from "./model.ts";
import { type ExportWords, exportMembers, getMember, listMembers, listTimeline, type MembersPlace } from "./queries.ts";

const tags: readonly [string] = ["Members"];

const placeOf = ({ community, facts }: CommunityCall): MembersPlace => ({ community, timeZone: facts.timeZone });

function exportWords(locale: Locale): ExportWords {
  const columns = [
    m.members_column_name,
    m.members_column_platforms,
    m.members_column_usernames,
    m.members_column_external_ids,
    m.members_column_messages,
    m.members_column_active_days,
    m.members_column_first_seen,
    m.members_column_last_active,
    m.members_level,
    m.members_stage,
    m.members_tags,
    m.members_column_staff,
    m.members_column_bot,
    m.members_column_id,
  ];
  return {
    columns: columns.map((column) => column({}, { locale })),
    step: (step) => stepWord(step, locale),
    stage: (stage) => stageWords[stage]({}, { locale }),
    yes: m.members_yes({}, { locale }),
    no: m.members_no({}, { locale }),
    cut: m.members_export_cut({ limit: EXPORT_LIMIT }, { locale }),
  };
}

/** Members: the list, one person, marks, and who is whom. */
export const membersApi = {
  ...mergesApi,
  ...tagsApi,
  ...notesApi,
  ...segmentsApi,
  ...suggestionsApi,
  list: procedure({
    method: "GET",
    path: "/communities/{community}/members",
    operationId: "listMembers",
    permission: "members.read",
    summary: "People of the community, searched, narrowed and in order",
    description:
      "`total` is told on the first page. A search finds beginnings of words, whichever script they are written in. " +
      "Pages hold still while people write: nobody is skipped who stays where they were, and nobody comes twice.",
    tags,
    input: z.object({ ...memberFilterFields, sort: z.enum(memberSorts).default("last-active"), ...pageFields }),
    output: pageSchema(memberRowSchema).extend({
      total: memberTotalSchema.nullable().describe("null: on later pages, and where counting would take long"),
      renewedAt: z.iso.datetime().nullable().describe("When the list was brought up to date; null: never"),
    }),
    handler: ({ input, context }) => {
      const { sort, limit, after, ...filter } = input;
      return context.run((tx) => listMembers(tx, placeOf(context), { filter, sort, limit, after }));
    },
  }),
  get: procedure({
    method: "GET",
    path: "/communities/{community}/members/{member}",
    operationId: "getMember",
    permission: "members.read",
    summary: "One person: accounts, figures, their year, whom they talk with",
    tags,
    input: z.object({ member: z.uuid() }),
    output: memberSchema,
    handler: ({ input, context }) =>
      context.run((tx) => getMember(tx, placeOf(context), { memberId: input.member, now: context.now() })),
  }),
  download: download({
    path: "/communities/{community}/members.csv",
    operationId: "exportMembers",
    permission: "members.read",
    summary: "The list as a file",
    description: `The same search, filters and order as the list, at most ${EXPORT_LIMIT} members; a longer list says so in its last line.`,
    tags,
    input: z.object({ ...memberFilterFields, sort: z.enum(memberSorts).default("last-active") }),
    file: "text/csv",
    handler: async ({ input, context }) => {
      // Whoever takes people's names along is in the audit log.
      context.note({ details: { form: "csv" } });
      const { sort, ...filter } = input;
      const ask = { filter, sort, words: exportWords(context.locale) };
      return {
        fileName: `${context.facts.slug}-members-${new Date(context.now()).toISOString().slice(0, 10)}.csv`,
        parts: exportMembers(context.run, placeOf(context), ask),
      };
    },
  }),
  timeline: procedure({
    method: "GET",
    path: "/communities/{community}/members/{member}/messages",
    operationId: "listMemberMessages",
    permission: "members.read",
    summary: "A person's messages, newest first",
    tags,
    input: z.object({ member: z.uuid(), ...pageFields, limit: pageFields.limit.default(20) }),
    output: pageSchema(timelineEntrySchema),
    handler: ({ input, context }) =>
      context.run((tx) =>
        listTimeline(tx, placeOf(context), { memberId: input.member, limit: input.limit, after: input.after }),
      ),
  }),
  mark: procedure({
    method: "POST",
    path: "/communities/{community}/members/marks",
    operationId: "markMembers",
    permission: "members.change",
    summary: "Mark people as team or bots, or no longer so",
    description:
      "All of them or, when one is not there, none. `before` holds the former marks of those that changed: " +
      "send it as `marks` to undo.",
    tags,
    input: z.object({ marks: z.array(markSchema).min(1).max(MOST_MARKED) }),
    output: z.object({
      changed: z.int(),
      before: z.array(z.object({ memberId: z.uuid(), isStaff: z.boolean(), isBot: z.boolean() })),
    }),
    handler: ({ input, context }) =>
      context.run(async (tx) => {
        const outcome = await markMembers(tx, context.community, { marks: input.marks, now: context.now() });
        context.note({ details: { changed: outcome.changed } });
        return { changed: outcome.changed, before: [...outcome.before] };
      }),
  }),
};
