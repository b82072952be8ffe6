import { existsSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startEmbedded } from "#src/base/embedded/server.ts";
import { costOf, type Cost } from "../child.ts";
import { atLeast, atMost, told, type Figure } from "../figure.ts";
import type { Suite } from "../frame.ts";

const MESSAGES = Number(process.env["BENCH_MESSAGES"] ?? 1_000_000);
const MEMBERS = Math.round(MESSAGES / 20);
const PEER = "chat-analytics@1.1.2";
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const GENERATOR = join(ROOT, "../shared/tools/gen-telegram.mjs");
/** The usual way to insert many rows: arrays of a thousand values for each column. */
const BARE_BATCH = 1_000;

interface Place {
  readonly folder: string;
  readonly file: string;
  readonly say: (line: string) => void;
}

async function generate({ file, say }: Place): Promise<void> {
  if (!existsSync(GENERATOR))
    throw new Error("The generator of exports is not beside the project (../shared/tools); nothing to measure with.");
  await costOf(process.execPath, [
    GENERATOR,
    "--messages",
    String(MESSAGES),
    "--members",
    String(MEMBERS),
    "--out",
    file,
  ]);
  say(`generated ${MESSAGES} messages, ${Math.round((await stat(file)).size / 1e6)} MB`);
}

async function peer({ folder, file, say }: Place): Promise<Cost> {
  await costOf("npm", ["install", "--no-save", "--prefix", folder, PEER]);
  const cli = join(folder, "node_modules/.bin/chat-analytics");
  const cost = await costOf(cli, ["-p", "telegram", "-i", file, "-o", join(folder, "report.html")]);
  say(`${PEER}: ${cost.seconds.toFixed(1)} s`);
  return cost;
}

async function ours({ folder, file, say }: Place): Promise<Cost & { untilAudit: number }> {
  const args = ["cli", "import", file, "--community", "bench", "--create", "--format", "telegram-desktop", "--json"];
  const cost = await costOf(process.execPath, [join(ROOT, "scripts/run.mjs"), ...args], {
    VECHE_DATA_DIR: join(folder, "data"),
  });
  // The command line says when the audit was complete; after that it renews the list of members.
  const { auditReadyAt } = JSON.parse(cost.output.trim().split("\n").at(-1) ?? "") as { auditReadyAt: string };
  const untilAudit = (Date.parse(auditReadyAt) - cost.startedAt) / 1000;
  say(
    `veche: ${untilAudit.toFixed(1)} s, with the list of members ${cost.seconds.toFixed(1)} s, ${Math.round(cost.peakMegabytes)} MB`,
  );
  return { ...cost, untilAudit };
}

/** Inserts the rows that the import stored into a bare table with the same columns and key; only the inserts are timed. */
async function bareInsert({ folder, say }: Place): Promise<{ rows: number; seconds: number }> {
  const server = await startEmbedded({ dataDir: join(folder, "data"), log: () => undefined });
  const [reader, writer] = [
    new pg.Client({ connectionString: server.url }),
    new pg.Client({ connectionString: server.url }),
  ];
  await Promise.all([reader.connect(), writer.connect()]);
  await writer.query("create table bare (like messages); alter table bare add primary key (community_id, id)");
  const columns = await writer.query<{ name: string; type: string }>(
    "select attname as name, format_type(atttypid, null) as type from pg_attribute where attrelid = 'bare'::regclass and attnum > 0 order by attnum",
  );
  const arrays = columns.rows.map(({ type }, i) => `$${i + 1}::${type}[]`).join(", ");
  const insert = `insert into bare select * from unnest(${arrays}) on conflict do nothing`;
  await reader.query("begin; declare stored cursor for select * from messages order by id");
  let rows = 0;
  let milliseconds = 0;
  for (;;) {
    const batch = await reader.query<Record<string, unknown>>(`fetch ${BARE_BATCH} from stored`);
    if (batch.rows.length === 0) break;
    const values = columns.rows.map(({ name }) => batch.rows.map((row) => row[name]));
    const started = performance.now();
    await writer.query(insert, values);
    milliseconds += performance.now() - started;
    rows += batch.rows.length;
  }
  await Promise.all([reader.end(), writer.end()]);
  await server.stop();
  say(`bare insert: ${rows} rows in ${(milliseconds / 1000).toFixed(1)} s`);
  return { rows, seconds: milliseconds / 1000 };
}

async function measure(say: (line: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "veche-bench-"));
  const place = { folder, file: join(folder, "result.json"), say };
  try {
    await generate(place);
    const veche = await ours(place);
    const bare = await bareInsert(place);
    const other = await peer(place);
    const rate = bare.rows / veche.untilAudit;
    return [
      told("import until the audit is complete", veche.untilAudit, "s"),
      told("import until the list of members is renewed too", veche.seconds, "s"),
      told(PEER, other.seconds, "s"),
      atMost(`wall time against ${PEER}`, { value: veche.untilAudit / other.seconds, goal: 0.6, unit: "ratio" }),
      atMost("app memory during the import", { value: veche.peakMegabytes, goal: 300, unit: "MB" }),
      told("rows a second, everything included", rate, "rows/s"),
      told("rows a second of a bare insert", bare.rows / bare.seconds, "rows/s"),
      atLeast("rows a second against a bare insert", {
        value: rate / (bare.rows / bare.seconds),
        goal: 0.5,
        unit: "ratio",
      }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How fast history goes in, against a program that only reads it and against the database alone. */
export const suite: Suite = { measure };
