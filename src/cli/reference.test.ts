import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { stopPostmaster } from "#src/base/embedded/postmaster.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const HISTORY = join(ROOT, "..", "shared", "data", "chat_fcc_gitter.jsonl.gz");
const REFERENCE = join(ROOT, "..", "shared", "data", "gitter_reference_metrics.json");
const present = existsSync(HISTORY) && existsSync(REFERENCE);
const folder = mkdtempSync(join(tmpdir(), "veche-reference-"));
chmodSync(folder, 0o711);

if (!present)
  console.log("Skipped: ../shared/data with the history of a real community and its reference figures is not here.");

afterAll(async () => {
  await stopPostmaster(join(folder, "pg"));
  rmSync(folder, { recursive: true, force: true });
});

function veche(...args: string[]): unknown {
  const env = { ...process.env, VECHE_DATA_DIR: folder, LOG_LEVEL: "error", NODE_ENV: "production" };
  const { stdout, stderr, status } = spawnSync(process.execPath, ["src/cli/main.ts", ...args, "--json"], {
    cwd: ROOT,
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

interface Month {
  readonly messages: number;
  readonly mau: number;
  readonly new: number;
  readonly avg_dau: number;
}

/** The independent program's figures for one scope, by its own names. */
interface Reference {
  readonly messages: number;
  readonly members: number;
  readonly first: string;
  readonly last: string;
  readonly top10: readonly { readonly user_id: string; readonly messages: number }[];
  readonly top1pct_share: number;
  readonly gini: number;
  readonly one_message_members: number;
  readonly retention: { readonly window_day7_to_13: unknown; readonly window_day30_to_36: unknown };
  readonly months: Readonly<Record<string, Month>>;
  readonly by_hour_utc: unknown;
  readonly by_weekday_mon0: unknown;
}

/** The same figures by the names of `./veche audit`. */
function inOurNames(figures: Reference) {
  return {
    messages: figures.messages,
    members: figures.members,
    topMembers: figures.top10.map(({ user_id, messages }) => ({ externalId: user_id, messages })),
    top1PercentShare: figures.top1pct_share,
    gini: figures.gini,
    oneMessageMembers: figures.one_message_members,
    months: Object.fromEntries(
      Object.entries(figures.months).map(([month, { messages, mau, new: fresh, avg_dau }]) => [
        month,
        { messages, activeMembers: mau, newMembers: fresh, meanDailyActive: avg_dau },
      ]),
    ),
    byHour: figures.by_hour_utc,
    byWeekday: figures.by_weekday_mon0,
    retention: { day7to13: figures.retention.window_day7_to_13, day30to36: figures.retention.window_day30_to_36 },
  };
}

test.skipIf(!present)(
  "a real community of 172,097 messages is imported and audited as an independent program did it",
  { timeout: 180_000 },
  () => {
    const map = "space=room,sentAt=ts,authorId=user_id,authorName=user";
    const imported = veche(
      "import",
      HISTORY,
      "--community",
      "fcc",
      "--create",
      "--format",
      "jsonl",
      "--map",
      map,
      "--time-zone",
      "UTC",
    );
    expect(imported).toMatchObject({ status: "done", auditReady: true, counts: { stored: 172_097, skipped: 0 } });
    // The reference file has this form; the comparison fails if it does not.
    const reference = JSON.parse(readFileSync(REFERENCE, "utf8")) as Record<string, Reference>;
    for (const [scope, figures] of Object.entries(reference)) {
      const space = scope === "ALL_HANDOUT" ? [] : ["--space", scope];
      expect(veche("audit", "--community", "fcc", ...space)).toMatchObject(inOurNames(figures));
    }
  },
);
