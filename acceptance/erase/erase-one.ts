import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { backup } from "#src/base/backup/backup.ts";
import type { Secrets } from "#src/base/secrets.ts";
import { createCommunity } from "#src/communities/actions.ts";
import { consumers } from "#src/consumers.ts";
import { append } from "#src/log/append.ts";
import { startReader } from "#src/log/reader.ts";
import { listMembers } from "#src/members/queries.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { beginErasure } from "#src/rights/actions.ts";
import { archiveJson } from "#src/rights/archive/json.ts";
import { readPerson } from "#src/rights/archive/read.ts";
import { carryOn } from "#src/rights/erasing/run.ts";
import { atMost, type Figure, told } from "../../bench/figure.ts";
import { canary, canaryPattern, canarySpan, canaryStrings, canaryYear } from "./canary-community.ts";
import { rowsWith, stringsInBackup } from "./traces-left.ts";

/** Where it is tried. */
export interface Ground {
  readonly databases: Databases;
  readonly secrets: Secrets;
  readonly messages: number;
  /** A folder for the backup that is looked through. */
  readonly folder: string;
  /** Files of logs that are looked through as well. */
  readonly logs: readonly string[];
  readonly say: (line: string) => void;
}

async function fill({ databases, secrets, messages }: Ground, community: CommunityId): Promise<void> {
  const intake = openIntake({ databases, community, platform: "telegram", secrets, now: Date.now });
  for (const batch of canaryYear(messages)) await intake.store(batch);
  const payload = { importId: community, messages, ...canarySpan };
  await databases.asOwner((tx) =>
    append(tx, community, [{ kind: "history.imported", happenedAt: Date.now(), payload }]),
  );
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function archiveOf({ databases }: Ground, community: CommunityId, member: string): Promise<string> {
  const parts = readPerson((work) => databases.asCommunity(community, work), community, member);
  let archive = "";
  for await (const piece of archiveJson(parts, { community: "Canary", madeAt: "" })) archive += piece;
  return archive;
}

async function canaryId({ owner }: Databases, community: CommunityId): Promise<string> {
  const found = await sql<{ id: string }>`
    select member_id as id from identities where community_id = ${community}
      and external_id = ${canary.externalId}`.execute(owner);
  return found.rows[0]?.id ?? "";
}

async function found({ databases }: Ground, community: CommunityId): Promise<number> {
  const place = { community, timeZone: "UTC" };
  const searches = ["speckled_canary", "канарейка", "9900112233"].map((search) =>
    databases.asCommunity(community, (tx) =>
      listMembers(tx, place, { filter: { search }, sort: "messages", limit: 10, after: undefined }),
    ),
  );
  return (await Promise.all(searches)).reduce((sum, { items }) => sum + items.length, 0);
}

async function counts({ owner }: Databases, community: CommunityId) {
  const read = await sql<{ messages: number; members: number }>`
    select (select count(*) from messages where community_id = ${community}) as messages,
      (select count(*) from members where community_id = ${community}) as members`.execute(owner);
  return read.rows[0] ?? { messages: 0, members: 0 };
}

/** Everything in which a trace of the canary is left: rows of tables, a backup, what a search finds, lines of logs. */
async function tracesLeft(ground: Ground, community: CommunityId): Promise<Record<string, number>> {
  const { databases, folder, logs, say } = ground;
  const tables = await rowsWith(databases.owner, canaryPattern.source);
  say(`rows with a trace: ${JSON.stringify(tables)}`);
  const path = join(folder, "canary.veche");
  await backup(databases, { path, roots: [] });
  const inBackup = await stringsInBackup(path, canaryStrings);
  await rm(path);
  let lines = 0;
  for (const log of logs)
    lines += (await readFile(log, "utf8")).split("\n").filter((line) => canaryPattern.test(line)).length;
  const rows = Object.values(tables).reduce((sum, each) => sum + each, 0);
  return { rows, inBackup, search: await found(ground, community), lines };
}

function leftFigures(when: string, left: Record<string, number>): Figure[] {
  const none = (name: string, key: string, unit: string): Figure =>
    atMost(`${name} ${when}`, { value: left[key] ?? NaN, goal: 0, unit });
  return [
    none("traces in tables", "rows", "rows"),
    none("traces in a backup", "inBackup", "strings"),
    none("members found by search", "search", "members"),
    none("traces in logs", "lines", "lines"),
  ];
}

/**
 * Somebody is everywhere in a community: takes everything about them along, erases them, looks for them everywhere, and
 * imports the same history once more. Figures of the issue: the archive within 60 s, and no trace left.
 */
export async function eraseOne(ground: Ground): Promise<Figure[]> {
  const { databases, secrets, messages, say } = ground;
  const wish = { name: "Canary", slug: undefined, language: "en", timeZone: "UTC", ownerId: undefined } as const;
  const community = provenCommunity((await createCommunity(databases, { ...wish, now: Date.now() })).id);
  const reader = await startReader(databases, consumers);
  try {
    await fill(ground, community);
    await reader.settled();
    const before = await counts(databases, community);
    say("imported and counted");
    const member = await canaryId(databases, community);
    let archive = "";
    const taking = await seconds(async () => (archive = await archiveOf(ground, community, member)));
    const missing = canaryStrings.filter((text) => !archive.includes(text)).length;
    say(`archive of ${(archive.length / 1e6).toFixed(1)} MB`);
    const { id } = await beginErasure(databases, community, {
      memberId: member,
      secrets,
      askedBy: undefined,
      now: Date.now(),
    });
    const erasing = { databases, secrets, community, id, signal: new AbortController().signal, now: Date.now };
    const erased = await seconds(async () => {
      while (!(await carryOn(erasing))) say("still counting");
    });
    const after = await tracesLeft(ground, community);
    say("erased; imported once more");
    await fill(ground, community);
    await reader.settled();
    const again = await tracesLeft(ground, community);
    const end = await counts(databases, community);
    return [
      told("messages", messages, "messages"),
      atMost("seconds for the archive of one person", { value: taking, goal: 60, unit: "s" }),
      atMost("canary strings missing in the archive", { value: missing, goal: 0, unit: "strings" }),
      told("seconds for the erasure, figures counted anew", erased, "s"),
      ...leftFigures("after the erasure", after),
      ...leftFigures("after a second import", again),
      atMost("people more or less than before", {
        value: Math.abs(end.members - before.members),
        goal: 0,
        unit: "people",
      }),
      atMost("messages more or less than before", {
        value: Math.abs(end.messages - before.messages),
        goal: 0,
        unit: "messages",
      }),
    ];
  } finally {
    await reader.stop();
  }
}
