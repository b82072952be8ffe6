import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { costOf } from "../bench/child.ts";
import { atMost, told, type Figure } from "../bench/figure.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const GENERATOR = join(ROOT, "../shared/tools/gen-telegram.mjs");
/** What the app may take while it imports a file of any size; PostgreSQL has its own. In megabytes. */
const MEMORY = 300;
/** What a message of the generator takes in the file, its line and reactions included. */
const BYTES_PER_MESSAGE = 526;

/** Whether the generator of exports is beside the project; without it there is nothing to import. */
export function hasGenerator(): boolean {
  return existsSync(GENERATOR);
}

interface Truth {
  readonly message: number;
}

interface Stored {
  readonly status: string;
  readonly auditReady: boolean;
  readonly counts: { readonly stored: number };
}

/** An export, and what its generator counted while it wrote it. */
interface Export {
  readonly file: string;
  readonly stats: string;
}

async function generate(folder: string, bytes: number): Promise<Export> {
  const made = { file: join(folder, "result.json"), stats: join(folder, "stats.json") };
  const messages = Math.round(bytes / BYTES_PER_MESSAGE);
  const sized = ["--messages", String(messages), "--members", String(Math.round(messages / 20))];
  await costOf(process.execPath, [GENERATOR, ...sized, "--out", made.file, "--stats", made.stats]);
  return made;
}

/**
 * Imports a Telegram export into a new install, by the command line, and tells how much memory the app took at most, how
 * long it was, and whether every message is there. The export is generated in this size, unless `folder` names one that
 * holds `result.json` and the generator's `stats.json`.
 */
export async function importBigFile(
  size: number,
  { folder, say }: { folder?: string | undefined; say: (line: string) => void },
): Promise<Figure[]> {
  const own = await mkdtemp(join(tmpdir(), "veche-acceptance-"));
  await chmod(own, 0o711);
  try {
    const { file, stats } =
      folder === undefined
        ? await generate(own, size)
        : { file: join(folder, "result.json"), stats: join(folder, "stats.json") };
    const bytes = (await stat(file)).size;
    say(`importing ${Math.round(bytes / 1e6)} MB`);
    const args = ["cli", "import", file, "--community", "big", "--create", "--format", "telegram-desktop", "--json"];
    const cost = await costOf(process.execPath, [join(ROOT, "scripts/run.mjs"), ...args], {
      VECHE_DATA_DIR: join(own, "data"),
    });
    // The last line of the command's output and what the generator counted.
    const stored = JSON.parse(cost.output.trim().split("\n").at(-1) ?? "") as Stored;
    const truth = JSON.parse(await readFile(stats, "utf8")) as Truth;
    say(`imported in ${cost.seconds.toFixed(1)} s, audit ${stored.auditReady ? "ready" : "not ready"}`);
    return [
      told("size of the file", bytes / 1e6, "MB"),
      told("time of the import", cost.seconds, "s"),
      atMost("memory of the app", { value: cost.peakMegabytes, goal: MEMORY, unit: "MB" }),
      atMost("messages lost", { value: truth.message - stored.counts.stored, goal: 0, unit: "messages" }),
    ];
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
