import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { download } from "#src/accounts/download.ts";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { beginErasure } from "./actions.ts";
import { archiveHtml } from "./archive/html.ts";
import { archiveJson } from "./archive/json.ts";
import { readPerson } from "./archive/read.ts";
import { erasePersonJob } from "./jobs.ts";
import { erasureSchema } from "./model.ts";
import { erasuresPage, toldErasure } from "./queries.ts";
import { erasureOfPerson, findErasure } from "./store/erasures.ts";

const tags: readonly [string] = ["Data rights"];

/** Whoever takes everything about a person along leaves an entry in the audit log. */
function archiveOf({ run, community, facts, now, note }: CommunityCall, memberId: string, ending: string) {
  note({ target: memberId, details: { form: ending } });
  const madeAt = new Date(now()).toISOString();
  return {
    fileName: `${facts.slug}-${memberId}-${madeAt.slice(0, 10)}.${ending}`,
    parts: readPerson(run, community, memberId),
    heading: { community: facts.name, madeAt },
  };
}

/** Everything about one person: taken along, or erased. */
export const erasingApi = {
  archiveJson: download({
    path: "/communities/{community}/members/{member}/archive.json",
    operationId: "exportPerson",
    permission: "rights.read",
    summary: "Everything that is kept about one person, for machines",
    tags,
    input: z.object({ member: z.uuid() }),
    file: "application/json",
    handler: async ({ input, context }) => {
      const { fileName, parts, heading } = archiveOf(context, input.member, "json");
      return { fileName, parts: archiveJson(parts, heading) };
    },
  }),
  archiveHtml: download({
    path: "/communities/{community}/members/{member}/archive.html",
    operationId: "exportPersonToRead",
    permission: "rights.read",
    summary: "Everything that is kept about one person, as a page to read",
    tags,
    input: z.object({ member: z.uuid() }),
    file: "text/html",
    handler: async ({ input, context }) => {
      const { fileName, parts, heading } = archiveOf(context, input.member, "html");
      return { fileName, parts: archiveHtml(parts, { ...heading, locale: context.locale }) };
    },
  }),
  erase: procedure({
    method: "POST",
    path: "/communities/{community}/members/{member}/erasure",
    operationId: "erasePerson",
    permission: "rights.change",
    summary: "Erase a person",
    description:
      "Names and accounts go at once, the rest by a job that goes on after a stop. Figures of the community stay: the " +
      "person is counted as a member without a name. It cannot be undone, and no import brings the person back.",
    tags,
    status: 202,
    input: z.object({ member: z.uuid() }),
    output: erasureSchema,
    handler: async ({ input, context }) => {
      const { databases, community, secrets, actor, now } = context;
      const askedBy = actor.kind === "person" ? actor.id : undefined;
      const wish = { memberId: input.member, secrets, askedBy, now: now() };
      const row = await beginErasure(databases, community, wish);
      if (row.state !== "done") await context.jobs.send(erasePersonJob, { community, id: row.id }, { key: row.id });
      context.note({ target: row.memberId });
      return toldErasure(row);
    },
  }),
  erasureOfMember: procedure({
    method: "GET",
    path: "/communities/{community}/members/{member}/erasure",
    operationId: "getErasureOfPerson",
    permission: "rights.read",
    summary: "Whether a person was erased, and how far that is",
    tags,
    input: z.object({ member: z.uuid() }),
    output: z.object({ erasure: erasureSchema.nullable() }),
    handler: async ({ input, context }) => {
      const row = await context.run((tx) => erasureOfPerson(tx, context.community, input.member));
      return { erasure: row === undefined ? null : toldErasure(row) };
    },
  }),
  erasures: procedure({
    method: "GET",
    path: "/communities/{community}/erasures",
    operationId: "listErasures",
    permission: "rights.read",
    summary: "Erasures of people, newest first",
    tags,
    input: z.object(pageFields),
    output: pageSchema(erasureSchema),
    handler: ({ input, context }) => {
      const before = readCursor(input.after, z.tuple([z.uuid()]))?.[0];
      return context.run((tx) => erasuresPage(tx, context.community, { before, limit: input.limit }));
    },
  }),
  erasure: procedure({
    method: "GET",
    path: "/communities/{community}/erasures/{id}",
    operationId: "getErasure",
    permission: "rights.read",
    summary: "How far an erasure is",
    tags,
    input: z.object({ id: z.uuid() }),
    output: erasureSchema,
    handler: async ({ input, context }) => {
      const row = await context.run((tx) => findErasure(tx, context.community, input.id));
      return row === undefined ? refuse("not-found", "rights.no-such-erasure") : toldErasure(row);
    },
  }),
};
