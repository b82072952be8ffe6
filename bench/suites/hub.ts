import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "#src/base/config.ts";
import { openInstallation } from "#src/base/installation.ts";
import { startAppProcess } from "../app-process.ts";
import { atLeast, atMost, told, type Figure } from "../figure.ts";
import type { Suite } from "../frame.ts";
import type { Poured } from "../hub/load.ts";
import { measureMachine } from "../hub/machine.ts";
import { paint } from "../hub/paint.ts";
import { type Kind, kinds, measureTown, type TownFigures } from "../hub/rounds.ts";
import { makeTown, type Town } from "../hub/town.ts";
import { weigh } from "../hub/weight.ts";

const TOPICS = Number(process.env["BENCH_TOPICS"] ?? 2000);
/** How many times as large the other hub is; 0 leaves it out, for who works on the small one. */
const TIMES = Number(process.env["BENCH_TIMES"] ?? 10);
/** Where to put a profile of the app's processor time, for who looks why it is slow. */
const profile = process.env["BENCH_PROFILE"];
/** How many times longer an answer of the large hub may take. */
const SLOWER = 1.3;

/** What is promised of each kind of request: so many a second on two cores shared with the load tool, and how late the latest hundredth. */
const goals: Record<Kind, { readonly perSecond: number; readonly p99: number | undefined }> = {
  "topic, guests": { perSecond: 1000, p99: 60 },
  "list, guests": { perSecond: 1000, p99: 60 },
  "topic, members": { perSecond: 350, p99: 60 },
  "list, members": { perSecond: 350, p99: 60 },
  search: { perSecond: 200, p99: undefined },
  replies: { perSecond: 250, p99: 100 },
};

function speed(town: Town, measured: TownFigures): Figure[] {
  return kinds.flatMap((kind) => {
    const poured = measured.kinds[kind];
    if (poured === undefined) return [];
    const { perSecond, p99 } = goals[kind];
    const name = `${kind}, ${town.posts} posts`;
    return [
      atLeast(name, { value: poured.perSecond, goal: perSecond, unit: "a second" }),
      p99 === undefined
        ? told("the same, p99", poured.p99, "ms")
        : atMost("the same, p99", { value: poured.p99, goal: p99, unit: "ms" }),
    ];
  });
}

function growth(small: TownFigures, large: TownFigures): Figure[] {
  return kinds.flatMap((kind) => {
    const [few, many] = [small.kinds[kind], large.kinds[kind]];
    if (few === undefined || many === undefined) return [];
    const value = few.perSecond / many.perSecond;
    return [atMost(`${kind}: ${TIMES} times the posts, times as long`, { value, goal: SLOWER, unit: "times" })];
  });
}

async function appearance(address: string, { slug, paths }: Town): Promise<Figure[]> {
  const urls = [`${address}${paths[0] ?? ""}`, `${address}/c/${slug}/topics`, `${address}/c/${slug}`];
  const weights = await Promise.all(urls.map((url) => weigh(url)));
  const painted = await paint(urls);
  return [
    atMost("HTML, CSS and script of the heaviest page, gzip", { value: Math.max(...weights), goal: 40, unit: "kB" }),
    atMost("first contentful paint, slowest page's median", {
      value: Math.max(...painted.map(({ first }) => first)),
      goal: 150,
      unit: "ms",
    }),
    atMost("layout shift", { value: Math.max(...painted.map(({ shift }) => shift)), goal: 0, unit: "" }),
  ];
}

async function makeTowns(folder: string, say: (line: string) => void): Promise<{ towns: Town[]; machine: Poured }> {
  const config = readConfig({ ...process.env, VECHE_DATA_DIR: folder });
  const installation = await openInstallation({ config, name: "veche bench", log: say });
  try {
    const towns: Town[] = [];
    for (const topics of TIMES === 0 ? [TOPICS] : [TOPICS, TOPICS * TIMES])
      towns.push(await makeTown(installation.databases, topics, say));
    return { towns, machine: await measureMachine(installation.databases.planned) };
  } finally {
    await installation.close();
  }
}

async function figures(folder: string, say: (line: string) => void): Promise<Figure[]> {
  const { towns, machine } = await makeTowns(folder, say);
  const [small, large] = towns;
  if (small === undefined) return [];
  const app = await startAppProcess(folder, profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`]);
  try {
    const few = await measureTown(app, small, say);
    const seen = few.kinds["topic, guests"] === undefined ? [] : await appearance(app.address, small);
    const many = large && (await measureTown(app, large, say));
    return [
      told("the machine at this hour: a bare server with one select", machine.perSecond, "a second"),
      ...speed(small, few),
      ...(large === undefined || many === undefined ? [] : [...speed(large, many), ...growth(few, many)]),
      ...seen,
      atMost("app memory under this load", { value: Math.max(few.memory, many?.memory ?? 0), goal: 350, unit: "MB" }),
      ...[few, ...(many === undefined ? [] : [many])].flatMap(({ lateness }) =>
        lateness === undefined ? [] : [told("the last reply is found by search after", lateness, "s")],
      ),
    ];
  } finally {
    await app.stop();
  }
}

async function measure(say: (line: string) => void): Promise<Figure[]> {
  const kept = process.env["BENCH_FOLDER"];
  const folder = kept ?? (await mkdtemp(join(tmpdir(), "veche-bench-hub-")));
  try {
    return await figures(folder, say);
  } finally {
    if (kept === undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** How fast the members' site answers, how heavy its pages are, and what ten times the posts change of that. */
export const suite: Suite = { measure };
