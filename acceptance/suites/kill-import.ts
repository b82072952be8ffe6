import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startEmbedded } from "#src/base/embedded/server.ts";
import { costOf } from "../../bench/child.ts";
import { atLeast, atMost, told, type Figure } from "../../bench/figure.ts";
import type { Suite } from "../../bench/frame.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const GENERATOR = join(ROOT, "../shared/tools/gen-telegram.mjs");
const MESSAGES = Number(process.env["ACCEPTANCE_MESSAGES"] ?? 300_000);
const KILLS = Number(process.env["ACCEPTANCE_KILLS"] ?? 12);
/** A run is killed somewhere in its first seconds, so that it always gets a little further. */
const [SHORTEST_MS, LONGEST_MS] = [700, 3_000];

/** What the generator says is in the file. */
interface Truth {
  readonly message: number;
  readonly distinctAuthors: number;
  readonly perAuthor: Readonly<Record<string, number>>;
}

interface Place {
  readonly folder: string;
  readonly file: string;
}

function importing({ file }: Place): string[] {
  return [
    join(ROOT, "scripts/run.mjs"),
    "cli",
    "import",
    file,
    "--community",
    "storm",
    "--create",
    "--json",
    "--format",
    "telegram-desktop",
  ];
}

/** Starts the import and kills it after a while; false when it was done before. */
async function killed(place: Place, afterMs: number): Promise<boolean> {
  const env = { ...process.env, VECHE_DATA_DIR: join(place.folder, "data") };
  const child = spawn(process.execPath, importing(place), { env, stdio: "ignore" });
  const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
  await once(child, "exit");
  clearTimeout(timer);
  return child.signalCode === "SIGKILL";
}

interface Found {
  readonly messages: number;
  readonly distinct: number;
  readonly perAuthor: ReadonlyMap<string, number>;
  readonly counted: number;
}

async function look(folder: string): Promise<Found> {
  const server = await startEmbedded({ dataDir: join(folder, "data"), log: () => undefined });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const all = await client.query<{ n: string; d: string }>(
    "select count(*) n, count(distinct (space_id, external_id)) d from messages",
  );
  const authors = await client.query<{ id: string; n: string }>(
    "select i.external_id as id, count(*) n from messages m join identities i using (community_id, member_id) group by 1",
  );
  const counted = await client.query<{ n: string }>("select coalesce(sum(messages), 0) n from member_totals");
  await client.end();
  await server.stop();
  return {
    messages: Number(all.rows[0]?.n),
    distinct: Number(all.rows[0]?.d),
    perAuthor: new Map(authors.rows.map((row) => [row.id, Number(row.n)])),
    counted: Number(counted.rows[0]?.n),
  };
}

/** Deleted or not, an account is the same person; the file calls it `user123`, the database may leave the word out. */
function wrongAuthors(truth: Truth, found: Found): number {
  const bare = new Map([...found.perAuthor].map(([id, n]) => [id.replace(/^user/, ""), n]));
  return Object.entries(truth.perAuthor).filter(([id, n]) => bare.get(id.replace(/^user/, "")) !== n).length;
}

async function measure(say: (line: string) => void): Promise<Figure[]> {
  if (!existsSync(GENERATOR))
    throw new Error("The generator of exports is not beside the project (../shared/tools); nothing to import.");
  const folder = await mkdtemp(join(tmpdir(), "veche-acceptance-"));
  const place = { folder, file: join(folder, "result.json") };
  const stats = join(folder, "stats.json");
  try {
    await costOf(process.execPath, [
      GENERATOR,
      "--messages",
      String(MESSAGES),
      "--out",
      place.file,
      "--stats",
      stats,
      "--quirks",
      "50",
    ]);
    const truth = JSON.parse(await readFile(stats, "utf8")) as Truth;
    let kills = 0;
    for (let i = 0; i < KILLS; i++) {
      const after = SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS);
      if (!(await killed(place, after))) break;
      kills++;
      say(`killed after ${(after / 1000).toFixed(1)} s`);
    }
    await costOf(process.execPath, importing(place), { VECHE_DATA_DIR: join(folder, "data") });
    await costOf(process.execPath, importing(place), { VECHE_DATA_DIR: join(folder, "data") });
    say("finished, and imported once more");
    const found = await look(folder);
    return [
      told("messages in the file", truth.message, "messages"),
      atLeast("times the import was killed", { value: kills, goal: Math.min(KILLS, 5), unit: "kills" }),
      atMost("messages lost", { value: truth.message - found.messages, goal: 0, unit: "messages" }),
      atMost("messages doubled", { value: found.messages - found.distinct, goal: 0, unit: "messages" }),
      atMost("messages missing from the counts", {
        value: Math.abs(found.counted - found.messages),
        goal: 0,
        unit: "messages",
      }),
      atMost("people with a wrong number of messages", { value: wrongAuthors(truth, found), goal: 0, unit: "people" }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Kills an import again and again, and compares what is stored in the end with what the file holds. */
export const suite: Suite = { measure };
