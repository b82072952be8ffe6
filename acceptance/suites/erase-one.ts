import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "#src/base/config.ts";
import { openInstallation } from "#src/base/installation.ts";
import type { Figure } from "../../bench/figure.ts";
import type { Suite } from "../../bench/frame.ts";
import { eraseOne } from "../erase/erase-one.ts";

const MESSAGES = Number(process.env["ACCEPTANCE_MESSAGES"] ?? 1_000_000);

async function measure(say: (line: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "veche-acceptance-"));
  const dataDir = join(folder, "data");
  const config = readConfig({ VECHE_DATA_DIR: dataDir, PORT: "0" });
  const installation = await openInstallation({ config, name: "veche acceptance", log: say });
  try {
    const { databases, secrets } = installation;
    const logs = [join(dataDir, "postgres.log")];
    return await eraseOne({ databases, secrets, messages: MESSAGES, folder, logs, say });
  } finally {
    await installation.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Erases a person who is everywhere, and looks for them everywhere. */
export const suite: Suite = { measure };
