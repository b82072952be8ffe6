import { z } from "zod";
import type { Databases, Tx } from "#src/base/database.ts";
import { csvRow, UTF8_MARK } from "#src/base/csv-row.ts";
import type { Locale } from "#src/base/locale.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import type { Chain, TrailEntry } from "#src/trail/model.ts";
import { listTrail, trailChoices } from "#src/trail/queries.ts";
import { m } from "#words";
import { download } from "./download.ts";
import { type TrailChoices, trailChoicesSchema, type TrailRow, trailRowSchema } from "./model.ts";
import { deedName } from "./pages/console/deed-name.ts";
import { installProcedure, procedure } from "./procedure.ts";
import { actorNames } from "./store/names.ts";

const tags: readonly [string] = ["Trail"];

const filterFields = {
  actor: z.uuid().optional().describe("A person of the team or a key"),
  operation: z.string().max(100).optional().describe("An `operationId`"),
  target: z.string().max(100).optional().describe("The id of what it was done to"),
  since: z.iso.datetime().optional().describe("Then or later"),
  until: z.iso.datetime().optional().describe("Before then"),
};
type FilterInput = z.output<z.ZodObject<typeof filterFields>>;

function filterOf({ actor, operation, target, since, until }: FilterInput) {
  const at = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  return { actorId: actor, operation, target, from: at(since), to: at(until) };
}

const idsOf = (kind: TrailEntry["actorKind"], entries: readonly TrailEntry[]): string[] =>
  entries.flatMap((entry) => (entry.actorKind === kind && entry.actorId !== null ? [entry.actorId] : []));

async function named({ owner }: Databases, entries: readonly TrailEntry[]): Promise<TrailRow[]> {
  const names = await actorNames(owner, { people: idsOf("person", entries), keys: idsOf("key", entries) });
  return entries.map(({ atMicros, actorKind, actorId, actorRole, ...entry }) => ({
    ...entry,
    at: new Date(atMicros / 1000).toISOString(),
    actor: { kind: actorKind, id: actorId, name: (actorId && names.get(actorId)) || null, role: actorRole },
  }));
}

interface PageAsk {
  readonly databases: Databases;
  readonly chain: Chain;
  readonly input: FilterInput & { readonly limit: number; readonly after?: string | undefined };
}

async function pageOfTrail(run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>, ask: PageAsk) {
  const { databases, chain, input } = ask;
  const before = readCursor(input.after, z.tuple([z.int()]))?.[0];
  const wanted = { filter: filterOf(input), before, limit: input.limit + 1 };
  const { items, next } = pageOf(await run((tx) => listTrail(tx, chain, wanted)), input.limit, ({ seq }) => [seq]);
  return { items: await named(databases, items), next };
}

async function choicesOf(
  run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  { databases, chain }: Pick<PageAsk, "databases" | "chain">,
): Promise<TrailChoices> {
  const { operations, actors } = await run((tx) => trailChoices(tx, chain));
  const ids = (kind: "person" | "key") => actors.filter((actor) => actor.kind === kind).map(({ id }) => id);
  const names = await actorNames(databases.owner, { people: ids("person"), keys: ids("key") });
  return { operations, actors: actors.map(({ id, kind }) => ({ id, kind, name: names.get(id) ?? null })) };
}

/** Rows of one page of a file. */
const FILE_PAGE = 1000;

async function* csvOf(
  ask: PageAsk & { run: Parameters<typeof pageOfTrail>[0]; locale: Locale },
): AsyncGenerator<string> {
  const { locale } = ask;
  const columns = [m.trail_number, m.trail_when, m.trail_who, m.trail_role, m.trail_what, m.trail_operation];
  const more = [m.trail_target, m.trail_details, m.trail_address, m.trail_request];
  yield UTF8_MARK + csvRow([...columns, ...more].map((column) => column({}, { locale })));
  let after: string | undefined;
  do {
    const page = await pageOfTrail(ask.run, { ...ask, input: { ...ask.input, after, limit: FILE_PAGE } });
    yield page.items.map((row) => csvLine(row, locale)).join("");
    after = page.next ?? undefined;
  } while (after !== undefined);
}

function csvLine({ seq, at, actor, operation, target, details, address, requestId }: TrailRow, locale: Locale): string {
  const noted = Object.keys(details).length === 0 ? null : JSON.stringify(details);
  const who = actor.name ?? actor.id ?? actor.kind;
  return csvRow([seq, at, who, actor.role, deedName(operation, locale), operation, target, noted, address, requestId]);
}

/** Who did what: a record that is only ever added to. */
export const trailApi = {
  list: procedure({
    method: "GET",
    path: "/communities/{community}/trail",
    operationId: "listTrail",
    permission: "trail.read",
    summary: "Who did what in the community, newest first",
    description:
      "Every successful change has one entry. Entries are chained: `./veche doctor --audit-log` checks them.",
    tags,
    input: z.object({ ...filterFields, ...pageFields }),
    output: pageSchema(trailRowSchema),
    handler: ({ input, context }) =>
      pageOfTrail(context.run, { databases: context.databases, chain: context.community, input }),
  }),
  choices: procedure({
    method: "GET",
    path: "/communities/{community}/trail/choices",
    operationId: "listTrailChoices",
    permission: "trail.read",
    summary: "Everybody and every operation that appears in the record",
    tags,
    output: trailChoicesSchema,
    handler: ({ context }) => choicesOf(context.run, { databases: context.databases, chain: context.community }),
  }),
  download: download({
    path: "/communities/{community}/trail.csv",
    operationId: "exportTrail",
    permission: "trail.read",
    summary: "The record as a file",
    description: "The same filters and order as the list; instants are UTC.",
    tags,
    input: z.object(filterFields),
    file: "text/csv",
    handler: async ({ input, context }) => {
      const { databases, run, locale, facts, community: chain } = context;
      return {
        fileName: `${facts.slug}-trail-${new Date(context.now()).toISOString().slice(0, 10)}.csv`,
        parts: csvOf({ databases, run, locale, chain, input: { ...input, limit: FILE_PAGE } }),
      };
    },
  }),
  install: installProcedure({
    method: "GET",
    path: "/trail",
    operationId: "listInstallTrail",
    permission: "install.owner",
    summary: "Who did what outside communities: signing in, making and deleting communities",
    tags,
    input: z.object({ ...filterFields, ...pageFields }),
    output: pageSchema(trailRowSchema),
    handler: ({ input, context: { databases } }) =>
      pageOfTrail((work) => databases.asOwner(work), { databases, chain: "install", input }),
  }),
  installChoices: installProcedure({
    method: "GET",
    path: "/trail/choices",
    operationId: "listInstallTrailChoices",
    permission: "install.owner",
    summary: "Everybody and every operation that appears in the record outside communities",
    tags,
    output: trailChoicesSchema,
    handler: ({ context: { databases } }) =>
      choicesOf((work) => databases.asOwner(work), { databases, chain: "install" }),
  }),
};
