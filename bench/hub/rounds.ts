import { newId } from "#src/base/ids.ts";
import { type AppProcess, pause } from "../app-process.ts";
import { type Line, openLine, pour, type Poured, textOf } from "./load.ts";
import { drawn, postOf, searchOf, series } from "./texts.ts";
import { cookieOf, type Town } from "./town.ts";

/** What is measured, in this order: writing comes last, because it changes what is read. */
export const kinds = ["topic, guests", "list, guests", "topic, members", "list, members", "search", "replies"] as const;
/** One of them. */
export type Kind = (typeof kinds)[number];

/** What was measured of a hub. */
export interface TownFigures {
  readonly kinds: Partial<Record<Kind, Poured>>;
  /** The most that the app took while it was under load, in megabytes. */
  readonly memory: number;
  /** Seconds from the last reply's answer to the moment when search finds it. */
  readonly lateness: number | undefined;
}

const AT_ONCE = 10;
/** How long each kind is asked for, after so long a run-up in which what is used becomes compiled. */
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 6);
const RUN_UP = 2;
/** While guests read, somebody writes so often; after each post a guest looks whether it is there. */
const WRITE_EVERY_MS = 250;
const MEMORY_EVERY_MS = 100;
const LATEST_S = 60;

/** Only some kinds: `BENCH_ONLY=replies,search`. */
const chosen = process.env["BENCH_ONLY"]?.split(",");

interface Round {
  readonly town: Town;
  readonly line: Line;
  readonly next: () => number;
}

function form(next: () => number, text: string): Record<string, string> {
  return { form: newId(Date.now()), text: `${text} ${Math.floor(next() * 1e9).toString(36)}` };
}

const lists = ["/topics", "", "/topics?filter=unsolved", "/b/routes", "/b/equipment", "/topics?filter=solved"];

function askingOf({ town, next }: Round, kind: Kind): Parameters<typeof pour>[1]["next"] {
  const home = `/c/${town.slug}`;
  const member = (n: number): string => cookieOf(town, n % town.members);
  switch (kind) {
    case "topic, guests":
      return () => ({ path: drawn(town.paths, next) });
    case "list, guests":
      return () => ({ path: `${home}${drawn(lists, next)}` });
    case "topic, members":
      return (n) => ({ path: drawn(town.paths, next), cookie: member(n) });
    case "list, members":
      return (n) => ({ path: `${home}${drawn(lists, next)}`, cookie: member(n) });
    case "search":
      return () => ({
        path: `${home}/search?q=${encodeURIComponent(searchOf(next))}`,
      });
    case "replies":
      return (n) => ({
        path: `${home}/t/${1 + Math.floor(next() * town.topics)}/reply`,
        cookie: member(n),
        fields: form(next, postOf(next)),
      });
  }
}

/** Writes now and then until it is stopped; throws when a guest is shown a page from before a post that was answered. */
function writeMeanwhile(round: Round): () => Promise<void> {
  const { town, line, next } = round;
  const state = { stopped: false };
  const write = async (n: number): Promise<void> => {
    const path = drawn(town.paths, next);
    const topic = /\/t\/(\d+)/.exec(path)?.[1] ?? "1";
    const fields = form(next, "Here I am");
    const written = await line.ask({
      path: `/c/${town.slug}/t/${topic}/reply`,
      cookie: cookieOf(town, n % town.members),
      fields,
    });
    const shown = textOf(await line.ask({ path: written.location.split("#")[0] ?? "" }));
    const word = fields["text"]?.split(" ").at(-1) ?? "";
    if (written.status !== 303 || !shown.includes(word)) throw new Error(`a guest was shown a stale page of ${path}`);
    const list = textOf(await line.ask({ path: `/c/${town.slug}/topics` }));
    const first = /<a class="title" href="\/c\/[^/]+\/t\/(\d+)-/.exec(list)?.[1];
    if (first !== topic) throw new Error(`a guest was shown a stale list: ${first} before ${topic}`);
  };
  const writing = (async () => {
    for (let n = 0; !state.stopped; n += 1) {
      await write(n * 7);
      await pause(WRITE_EVERY_MS);
    }
  })();
  writing.catch(() => undefined);
  return () => {
    state.stopped = true;
    return writing;
  };
}

async function measureKind(round: Round, kind: Kind): Promise<Poured> {
  const asked = { atOnce: AT_ONCE, next: askingOf(round, kind), status: kind === "replies" ? 303 : 200 };
  const stop = kind.endsWith("guests") ? writeMeanwhile(round) : undefined;
  await pour(round.line, { ...asked, seconds: RUN_UP });
  const poured = await pour(round.line, { ...asked, seconds: SECONDS });
  await stop?.();
  return poured;
}

/** How long search takes to know the latest reply, behind all those that were written before it. */
async function latenessOf({ town, line, next }: Round): Promise<number> {
  const fields = form(next, "the last one");
  const word = fields["text"]?.split(" ").at(-1) ?? "";
  await line.ask({ path: `/c/${town.slug}/t/1/reply`, cookie: cookieOf(town, 0), fields });
  const started = performance.now();
  for (;;) {
    const seconds = (performance.now() - started) / 1000;
    const found = textOf(await line.ask({ path: `/c/${town.slug}/search?q=${word}` }));
    if (found.includes('class="title"')) return seconds;
    if (seconds > LATEST_S) throw new Error("the last reply is not found by search");
    await pause(50);
  }
}

/** Asks one kind after the other of a hub, ten at once, and watches what the app takes of the machine meanwhile. */
export async function measureTown(app: AppProcess, town: Town, say: (line: string) => void): Promise<TownFigures> {
  const line = openLine(app.address, AT_ONCE + 2);
  const round: Round = { town, line, next: series(town.posts) };
  let memory = 0;
  const watch = setInterval(() => (memory = Math.max(memory, app.memory())), MEMORY_EVERY_MS);
  const measured: Partial<Record<Kind, Poured>> = {};
  let lateness: number | undefined;
  try {
    for (const kind of kinds) {
      if (chosen?.includes(kind) === false) continue;
      const poured = await measureKind(round, kind);
      measured[kind] = poured;
      say(`${town.slug}, ${kind}: ${poured.perSecond.toFixed(0)} a second, p99 ${poured.p99.toFixed(1)} ms`);
      if (kind === "replies") lateness = await latenessOf(round);
    }
  } finally {
    clearInterval(watch);
    line.close();
  }
  return { kinds: measured, memory, lateness };
}
