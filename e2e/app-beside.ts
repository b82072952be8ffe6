import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createTestDatabase, databaseAddress, dropTestDatabase } from "#src/base/testing/databases.ts";
import { emptyFolder, type RunningVeche, startVeche } from "./app.ts";

async function dropRole(url: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseAddress(url, "postgres") });
  await client.connect();
  try {
    await client.query(`drop role if exists ${role}`);
  } finally {
    await client.end();
  }
}

/**
 * Veche on a fresh database of the PostgreSQL that all tests share, as on a server of one's own: it starts in half the
 * time of one that brings its database along, and leaves the cores to the pages. `settings` are further variables of its
 * environment. What is about the first start or the data folder itself uses {@link startVeche}.
 */
export async function startBeside(settings: Readonly<Record<string, string>> = {}): Promise<RunningVeche> {
  const { url, template, problem } = inject("testServer");
  if (problem !== undefined) throw new Error(`The migrations fail, so no test database: ${problem}`);
  const database = await createTestDatabase(url, template);
  const role = `veche_app_${randomBytes(8).toString("hex")}`;
  const address = databaseAddress(url, database);
  const veche = await startVeche(emptyFolder(), { ...settings, DATABASE_URL: address, VECHE_APP_ROLE: role });
  const stop = async () => {
    await veche.stop();
    await dropTestDatabase(url, database);
    await dropRole(url, role);
  };
  return { ...veche, stop };
}
