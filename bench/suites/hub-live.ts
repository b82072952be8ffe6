import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "#src/base/config.ts";
import { openInstallation } from "#src/base/installation.ts";
import { type AppProcess, pause, startAppProcess } from "../app-process.ts";
import { atLeast, atMost, quantile, told, type Figure } from "../figure.ts";
import type { Suite } from "../frame.ts";
import { openEars, type Reader } from "../hub/ears.ts";
import { cookieOf, makeTown, type Town } from "../hub/town.ts";

/** So many pages are open, on two processes over one database. */
const READERS = Number(process.env["BENCH_READERS"] ?? 500);
const GOAL_MS = 300;
/** As many as one page of a topic takes after its question. */
const REPLIES = 19;
const TOPICS = 20;
/** Between two replies: quicker than people talk, slower than what is asked of replies alone. */
const EVERY_MS = 400;
/** Several write, because one may only write so often. */
const WRITERS = 10;

async function makeSmallTown(folder: string, say: (line: string) => void): Promise<Town> {
  const config = readConfig({ ...process.env, VECHE_DATA_DIR: folder });
  const installation = await openInstallation({ config, name: "veche bench", log: say });
  try {
    return await makeTown(installation.databases, TOPICS, say);
  } finally {
    await installation.close();
  }
}

/** Writes as a program does for a member, and returns what was answered. */
async function write(
  app: AppProcess,
  path: string,
  { cookie, body }: { cookie: string; body: object },
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${app.address}/api/v1${path}`, {
    method: "POST",
    headers: { origin: app.address, cookie, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
  // Tests of the API hold it to what it says of itself.
  return (await answer.json()) as Record<string, unknown>;
}

async function openTopic(app: AppProcess, town: Town): Promise<number> {
  const cookie = cookieOf(town, 0);
  const hub = await fetch(`${app.address}/api/v1/communities/${town.slug}/hub`, { headers: { cookie } });
  // As above.
  const { boards } = (await hub.json()) as { boards: { id: string; access: string }[] };
  const open = boards.find((board) => board.access === "everyone");
  const body = { kind: "question", title: "What do we hear?", text: "Who listens, and when?" };
  const path = `/communities/${town.slug}/hub/boards/${open?.id ?? ""}/topics`;
  return Number((await write(app, path, { cookie, body }))["topic"]);
}

function readersOf(apps: readonly AppProcess[], town: Town, topic: number): Reader[] {
  return Array.from({ length: READERS }, (_, n) => ({
    address: apps[n % apps.length]?.address ?? "",
    path: `/c/${town.slug}/live?topic=${topic}`,
    // Every other reader is signed in; members that write do not read here.
    cookie: n % 4 < 2 ? undefined : cookieOf(town, WRITERS + (n % (town.members - WRITERS))),
    from: `10.0.${Math.floor(n / 50)}.1`,
  }));
}

async function talk(apps: readonly AppProcess[], town: Town, say: (line: string) => void): Promise<Figure[]> {
  const [first] = apps;
  if (first === undefined) return [];
  const topic = await openTopic(first, town);
  const ears = await openEars(readersOf(apps, town, topic));
  say(`${ears.count()} lines open`);
  const waits: number[] = [];
  for (let n = 0; n < REPLIES; n += 1) {
    const app = apps[n % apps.length] ?? first;
    const sent = performance.now();
    const path = `/communities/${town.slug}/hub/topics/${topic}/posts`;
    const cookie = cookieOf(town, 1 + (n % (WRITERS - 1)));
    const { number } = await write(app, path, { cookie, body: { text: `Reply **${n}**, said to all of you` } });
    await pause(EVERY_MS);
    waits.push(...ears.heard(Number(number)).map((at) => at - sent));
  }
  ears.close();
  const all = REPLIES * READERS;
  return [
    atMost(`a reply stands on ${READERS} open pages of two processes after, p95`, {
      value: quantile(waits, 0.95),
      goal: GOAL_MS,
      unit: "ms",
    }),
    atLeast("pages told, of those that listened", { value: waits.length / all, goal: 1, unit: "" }),
    told("the same, median", quantile(waits, 0.5), "ms"),
    told("the same, latest", Math.max(...waits), "ms"),
    ...apps.map((app, n) => told(`memory of process ${n + 1}`, app.memory(), "MB")),
  ];
}

async function measure(say: (line: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "veche-bench-live-"));
  const apps: AppProcess[] = [];
  try {
    const town = await makeSmallTown(folder, say);
    for (let n = 0; n < 2; n += 1) apps.push(await startAppProcess(folder));
    return await talk(apps, town, say);
  } finally {
    for (const app of apps) await app.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** How soon a reply written in one browser stands on the open pages of others, when they are many. */
export const suite: Suite = { measure };
