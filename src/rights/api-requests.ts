import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { procedure } from "#src/accounts/procedure.ts";
import { dateToDay, dayToDate, localDay } from "#src/base/clock.ts";
import { newId } from "#src/base/ids.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { wholePerson } from "#src/members/queries.ts";
import { dueDay } from "./due.ts";
import { type DataRequest, LONGEST_TEXT, regimes, requestKinds, requestSchema } from "./model.ts";
import {
  addRequest,
  findRequest,
  listRequests,
  lockRequest,
  type RequestRow,
  saveRequest,
  teamNames,
} from "./store/requests.ts";

const tags: readonly [string] = ["Data rights"];

async function told({ databases }: CommunityCall, rows: readonly RequestRow[]): Promise<DataRequest[]> {
  const names = await teamNames(
    databases.owner,
    rows.flatMap(({ answeredBy }) => answeredBy ?? []),
  );
  return rows.map(({ receivedDay, dueDay: due, answeredAt, answeredBy, ...row }) => ({
    ...row,
    receivedOn: dayToDate(receivedDay),
    dueOn: dayToDate(due),
    answeredAt: answeredAt?.toISOString() ?? null,
    answeredBy: (answeredBy && names.get(answeredBy)) || null,
  }));
}

async function toldOne(context: CommunityCall, row: RequestRow | undefined): Promise<DataRequest> {
  const [one] = row === undefined ? [] : await told(context, [row]);
  return one ?? refuse("not-found", "rights.no-such-request");
}

/** Changes an open request, or says that it is closed. */
async function changed(
  context: CommunityCall,
  id: string,
  change: (row: RequestRow) => Omit<Parameters<typeof saveRequest>[2], "id">,
): Promise<DataRequest> {
  const { community } = context;
  const row = await context.run(async (tx) => {
    const before = await lockRequest(tx, community, id);
    if (before === undefined) return refuse("not-found", "rights.no-such-request");
    if (before.state !== "open") return refuse("conflict", "rights.request-closed");
    await saveRequest(tx, community, { id, ...change(before) });
    return findRequest(tx, community, id);
  });
  return toldOne(context, row);
}

/** The local day of a date; today without one. Refuses what no calendar has and what lies ahead. */
function receivedOn({ now, facts }: CommunityCall, date: string | undefined): number {
  const today = localDay(now(), facts.timeZone);
  const day = date === undefined ? today : dateToDay(date);
  return day === undefined || day > today ? refuse("invalid", "rights.received-later") : day;
}

const actorId = ({ actor }: CommunityCall): string | null => (actor.kind === "person" ? actor.id : null);

/** The desk for requests: who asked what about their data, by when an answer is due, and what it was. */
export const requestsApi = {
  requests: procedure({
    method: "GET",
    path: "/communities/{community}/data-requests",
    operationId: "listDataRequests",
    permission: "rights.read",
    summary: "What people asked about their data, what is due first first",
    tags,
    input: z.object({ state: z.enum(["open", "closed"]).optional(), member: z.uuid().optional(), ...pageFields }),
    output: pageSchema(requestSchema),
    handler: async ({ input: { state, member, after, limit }, context }) => {
      const last = readCursor(after, z.tuple([z.int(), z.uuid()]));
      const ask = { state, memberId: member, after: last, limit: limit + 1 };
      const rows = await context.run((tx) => listRequests(tx, context.community, ask));
      const { items, next } = pageOf(rows, limit, (row) => [row.dueDay, row.id]);
      return { items: await told(context, items), next };
    },
  }),
  request: procedure({
    method: "GET",
    path: "/communities/{community}/data-requests/{id}",
    operationId: "getDataRequest",
    permission: "rights.read",
    summary: "One request",
    tags,
    input: z.object({ id: z.uuid() }),
    output: requestSchema,
    handler: async ({ input, context }) =>
      toldOne(context, await context.run((tx) => findRequest(tx, context.community, input.id))),
  }),
  addRequest: procedure({
    method: "POST",
    path: "/communities/{community}/data-requests",
    operationId: "addDataRequest",
    permission: "rights.change",
    summary: "Write down what somebody asked",
    description:
      "Due: GDPR, one month; 152-FZ, ten working days without weekends and fixed holidays. `receivedOn` is today " +
      "when it is left out.",
    tags,
    status: 201,
    input: z.object({
      kind: z.enum(requestKinds),
      regime: z.enum(regimes),
      member: z.uuid().optional(),
      askedBy: z.string().trim().min(1).max(300),
      details: z.string().trim().max(LONGEST_TEXT).default(""),
      receivedOn: z.iso.date().optional(),
    }),
    output: requestSchema,
    handler: async ({ input, context }) => {
      const { kind, regime, askedBy, details } = input;
      const receivedDay = receivedOn(context, input.receivedOn);
      const row = await context.run(async (tx) => {
        const person = input.member === undefined ? undefined : await wholePerson(tx, context.community, input.member);
        if (input.member !== undefined && person === undefined) return refuse("not-found", "rights.no-such-member");
        const memberId = person?.personId ?? null;
        const due = dueDay(regime, receivedDay, false);
        const request = {
          id: newId(context.now()),
          kind,
          regime,
          memberId,
          askedBy,
          details,
          receivedDay,
          dueDay: due,
        };
        return addRequest(tx, context.community, { ...request, madeBy: actorId(context), at: context.now() });
      });
      context.note({ ...(row && { target: row.id }), details: { kind, regime } });
      return toldOne(context, row);
    },
  }),
  extendRequest: procedure({
    method: "POST",
    path: "/communities/{community}/data-requests/{id}/extension",
    operationId: "extendDataRequest",
    permission: "rights.change",
    summary: "Take more time for an answer, once",
    description: "GDPR: two months more; 152-FZ: five working days more. The law wants whoever asked to be told why.",
    tags,
    input: z.object({ id: z.uuid() }),
    output: requestSchema,
    handler: ({ input, context }) =>
      changed(context, input.id, ({ regime, receivedDay, isExtended }) => {
        if (isExtended) refuse("conflict", "rights.extended-before");
        return { isExtended: true, dueDay: dueDay(regime, receivedDay, true) };
      }),
  }),
  closeRequest: procedure({
    method: "POST",
    path: "/communities/{community}/data-requests/{id}/answer",
    operationId: "answerDataRequest",
    permission: "rights.change",
    summary: "Close a request with what was answered",
    tags,
    input: z.object({
      id: z.uuid(),
      outcome: z.enum(["answered", "refused"]),
      answer: z.string().trim().min(1).max(LONGEST_TEXT),
    }),
    output: requestSchema,
    handler: ({ input: { id, outcome, answer }, context }) => {
      context.note({ details: { outcome } });
      const answeredBy = actorId(context);
      return changed(context, id, () => ({ state: outcome, answer, answeredAt: context.now(), answeredBy }));
    },
  }),
  reopenRequest: procedure({
    method: "DELETE",
    path: "/communities/{community}/data-requests/{id}/answer",
    operationId: "reopenDataRequest",
    permission: "rights.change",
    summary: "Open a request again that was closed by mistake",
    tags,
    input: z.object({ id: z.uuid() }),
    output: requestSchema,
    handler: async ({ input, context }) => {
      const { community } = context;
      const row = await context.run(async (tx) => {
        if ((await lockRequest(tx, community, input.id)) === undefined) return undefined;
        await saveRequest(tx, community, { id: input.id, state: "open" });
        return findRequest(tx, community, input.id);
      });
      return toldOne(context, row);
    },
  }),
};
