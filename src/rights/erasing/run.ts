import { sql } from "kysely";
import { z } from "zod";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import type { Secrets } from "#src/base/secrets.ts";
import { append } from "#src/log/append.ts";
import { announceChange } from "#src/log/changes.ts";
import { ERASED_WORD, eraseWritten } from "#src/platforms/erasure.ts";
import { tracePattern } from "#src/platforms/trace-pattern.ts";
import { record } from "#src/trail/actions.ts";
import {
  allHaveRead,
  type ErasureChange,
  type ErasureRow,
  findErasure,
  lockErasure,
  saveErasure,
} from "../store/erasures.ts";
import { remnants, type Search, sweep } from "../store/places.ts";

/** Messages looked through in one transaction: about a second's work, and what a stop may cost. */
const STRETCH = 20_000;
/** How long one run waits for the figures to be counted anew before it comes again later, and how often it looks. */
const WAIT_MS = 240_000;
const LOOK_MS = 500;

/** What carrying out an erasure needs. */
export interface Erasing {
  readonly databases: Databases;
  readonly secrets: Secrets;
  readonly community: CommunityId;
  readonly id: string;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

const keptSchema = z.object({
  memberIds: z.array(z.uuid()),
  traces: z.object({
    names: z.array(z.string()),
    usernames: z.array(z.string()),
    externalIds: z.array(z.string()),
  }),
});

/** What the person was called, as it is sealed while the erasure runs. */
export type KeptPerson = z.infer<typeof keptSchema>;

/** What the seal of an erasure opens for. */
export const sealPlace = (community: string, id: string): string => `${community}/erasures/${id}`;

function personOf({ secrets, community, id }: Erasing, row: ErasureRow): KeptPerson {
  return keptSchema.parse(JSON.parse(secrets.open(row.sealed ?? "", sealPlace(community, id))));
}

/** A pattern that finds nothing, for people who never had a name. */
const NOTHING = { quick: "(?!)", exact: "(?!)" };

/** Shorter names stand in too many pieces that are not about the person; those are found by the id beside them. */
const TELLING_NAME = 5;

function searchFor({ memberIds, traces }: KeptPerson): Search {
  const said = [...traces.names, ...traces.usernames, ...traces.externalIds].filter(
    ({ length }) => length >= TELLING_NAME,
  );
  const escaped = said.map((text) => text.replaceAll(/[\u0080-\uffff]/g, (unit) => unicodeEscape(unit)));
  return { memberIds, pattern: tracePattern(traces) ?? NOTHING, texts: [...new Set([...said, ...escaped])] };
}

/** A unit of UTF-16 as exports in plain ASCII write it. */
function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** One step, in a transaction with the row locked, so that of two workers one waits and finds the step done. */
async function inStep(
  { databases, community, id }: Erasing,
  work: (tx: Tx, row: ErasureRow) => Promise<ErasureChange>,
): Promise<ErasureRow | undefined> {
  await databases.asOwner(async (tx) => {
    const row = await lockErasure(tx, community, id);
    if (row === undefined || row.state === "done") return;
    await saveErasure(tx, community, { id, ...(await work(tx, row)) });
    await announceChange(tx, community, "erasures");
  });
  return findErasure(databases.owner, community, id);
}

async function linksOf(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<number> {
  const found = await sql<{ links: number }>`
    select count(*) as links from message_links l join messages m on m.community_id = l.community_id and m.id = l.message_id
    where l.community_id = ${community} and m.member_id = any(${[...memberIds]}::uuid[])`.execute(tx);
  return found.rows[0]?.links ?? 0;
}

async function nextStretch(erasing: Erasing): Promise<ErasureRow | undefined> {
  const { community } = erasing;
  return inStep(erasing, async (tx, { resume, report, ...row }) => {
    if (resume.step !== "messages") return {};
    const { memberIds, traces } = personOf(erasing, { resume, report, ...row });
    const links = report.seen === 0 ? await linksOf(tx, community, memberIds) : report.links;
    const { after } = resume;
    const done = await eraseWritten(tx, community, { memberIds, traces, after, limit: STRETCH });
    const counts = { seen: report.seen + done.seen, own: report.own + done.own, others: report.others + done.others };
    const next = done.last === undefined ? { ...resume, step: "tables" as const } : { ...resume, after: done.last };
    return { state: "running", resume: next, report: { ...report, ...counts, links } };
  });
}

async function otherTables(erasing: Erasing): Promise<void> {
  const { community, now } = erasing;
  await inStep(erasing, async (tx, row) => {
    if (row.resume.step !== "tables") return {};
    const kept = personOf(erasing, row);
    const places = await sweep(tx, community, { search: searchFor(kept), word: ERASED_WORD });
    const payload = { memberIds: kept.memberIds, links: row.report.links };
    const seq = await append(tx, community, [{ kind: "member.erased", happenedAt: now(), payload }]);
    return { resume: { ...row.resume, step: "counting", seq }, report: { ...row.report, places } };
  });
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

/** True when the figures are right again; false when it is time to come back later. */
async function counted({ databases, community, signal, now }: Erasing, seq: number): Promise<boolean> {
  const until = now() + WAIT_MS;
  while (!signal.aborted) {
    if (await allHaveRead(databases.owner, community, { seq })) return true;
    if (now() > until) return allHaveRead(databases.owner, community, { seq, living: true });
    await pause(LOOK_MS, signal);
  }
  return false;
}

/** Sampled values of columns would keep names; sampling anew forgets them. Dead rows go as well. */
async function forgetSamples({ databases }: Erasing): Promise<void> {
  const tables = ["members", "identities", "messages", "message_links", "member_moves", "member_cards", "member_words"];
  for (const table of tables) await sql`vacuum (analyze) ${sql.table(table)}`.execute(databases.owner);
}

async function finish(erasing: Erasing, row: ErasureRow): Promise<void> {
  const { databases, community, id, now } = erasing;
  const left = await remnants(databases.owner, community, searchFor(personOf(erasing, row)));
  if (left.length > 0) {
    const failure = left.map(({ table, column, rows }) => `${table}.${column}: ${rows}`).join(", ");
    await inStep(erasing, async () => ({ state: "failed", failure, finishedAt: now() }));
    return;
  }
  await forgetSamples(erasing);
  await inStep(erasing, async (_, { resume }) => ({
    state: "done",
    resume: { ...resume, step: "done" },
    finishedAt: now(),
  }));
  const details = { own: row.report.own, others: row.report.others, places: row.report.places };
  const deed = {
    at: now(),
    actor: { kind: "machine" },
    operation: "finishErasure",
    target: row.memberId,
    details,
  } as const;
  await record(databases, community, { ...deed, requestId: id });
}

/**
 * Carries an erasure on from where it stands, to the end or until `signal`: messages in stretches, then every other
 * table, then it waits until figures and lists are right again, looks whether anything is left anywhere, and only then
 * forgets what it was looking for. What is left makes it fail and says where. True when there is no more to do.
 */
export async function carryOn(erasing: Erasing): Promise<boolean> {
  const { databases, community, id, signal } = erasing;
  let row = await findErasure(databases.owner, community, id);
  while (row !== undefined && row.state !== "done" && row.resume.step === "messages") {
    if (signal.aborted) return false;
    row = await nextStretch(erasing);
  }
  if (row === undefined || row.state === "done") return true;
  await otherTables(erasing);
  const swept = await findErasure(databases.owner, community, id);
  if (swept?.resume.step !== "counting") return true;
  if (!(await counted(erasing, swept.resume.seq))) return false;
  await finish(erasing, swept);
  return true;
}
