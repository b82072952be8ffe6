import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { analyticsSheets } from "#src/analytics/reactions.ts";
import { readConfig } from "#src/base/config.ts";
import { openInstallation } from "#src/base/installation.ts";
import { memberPresence } from "#src/members/reactions.ts";
import { costOf, type Cost } from "../../bench/child.ts";
import { atMost, told, type Figure } from "../../bench/figure.ts";
import type { Suite } from "../../bench/frame.ts";
import { HISTORY_END, makeHistory } from "../../bench/history.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MESSAGES = Number(process.env["ACCEPTANCE_MESSAGES"] ?? 1_000_000);
const DAYS = 5 * 365;
const DAY = 86_400_000;
/** For a million messages; other sizes take their share of it, and starting a process and a database their time. */
const [BACKUP_SECONDS, RESTORE_SECONDS] = [60, 120];
const START_SECONDS = 12;

interface Checksums {
  readonly checksums: readonly { readonly table: string; readonly rows: number; readonly sum: string }[];
}

/** Fills an install with a history and everything that is counted of it. */
async function fill(dataDir: string, say: (line: string) => void): Promise<void> {
  const config = readConfig({ VECHE_DATA_DIR: dataDir });
  const installation = await openInstallation({ config, name: "veche acceptance", log: () => undefined });
  try {
    const { databases } = installation;
    const plan = { messages: MESSAGES, members: Math.round(MESSAGES / 20), days: DAYS, spaces: 20, slug: "kept" };
    const community = await makeHistory(databases, plan, say);
    const span = { firstAt: HISTORY_END - (DAYS + 1) * DAY, lastAt: HISTORY_END + DAY };
    const payload = { importId: community, messages: MESSAGES, ...span };
    const fact = { seq: 1, kind: "history.imported", happenedAt: HISTORY_END, payload } as const;
    for (const consumer of [memberPresence, analyticsSheets])
      await databases.asOwner((tx) => consumer.react(tx, community, [fact]));
  } finally {
    await installation.close();
  }
}

async function veche(dataDir: string, args: readonly string[]): Promise<Cost> {
  const env = { VECHE_DATA_DIR: dataDir, VECHE_PASSPHRASE: "only for this run" };
  return costOf(process.execPath, [join(ROOT, "scripts/run.mjs"), "cli", ...args, "--json"], env);
}

/** What `backup` and `restore` print with `--json`. */
function checksumsOf({ output }: Cost): Checksums["checksums"] {
  return (JSON.parse(output.trim().split("\n").at(-1) ?? "") as Checksums).checksums;
}

async function measure(say: (line: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "veche-acceptance-"));
  const [first, second, file] = ["first", "second", "whole.veche"].map((name) => join(folder, name));
  if (first === undefined || second === undefined || file === undefined) throw new Error("no folder");
  const goalOf = (seconds: number): number => Math.max(START_SECONDS, (seconds * MESSAGES) / 1_000_000);
  try {
    await fill(first, say);
    say("filled");
    const taken = await veche(first, ["backup", file]);
    say(`backup: ${taken.seconds.toFixed(1)} s`);
    const restored = await veche(second, ["restore", file]);
    say(`restore: ${restored.seconds.toFixed(1)} s`);
    const [before, after] = [checksumsOf(taken), checksumsOf(restored)];
    const differing = before.filter((table, place) => JSON.stringify(table) !== JSON.stringify(after[place]));
    return [
      told(
        "rows",
        before.reduce((sum, { rows }) => sum + rows, 0),
        "rows",
      ),
      told("size of the sealed file", (await stat(file)).size / 1e6, "MB"),
      atMost("backup", { value: taken.seconds, goal: goalOf(BACKUP_SECONDS), unit: "s" }),
      atMost("restore", { value: restored.seconds, goal: goalOf(RESTORE_SECONDS), unit: "s" }),
      atMost("tables that differ afterwards", { value: differing.length, goal: 0, unit: "tables" }),
      told("memory of the backup", taken.peakMegabytes, "MB"),
      told("memory of the restore", restored.peakMegabytes, "MB"),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a large install into one sealed file and makes another one of it, both by the command line. */
export const suite: Suite = { measure };
