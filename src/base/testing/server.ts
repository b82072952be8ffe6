import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openDatabases } from "#src/base/database.ts";
import { startEmbedded } from "#src/base/embedded/server.ts";
import { migrate } from "#src/base/migrations.ts";
import { appUrl, ensureAppRole, grantRights } from "#src/base/roles.ts";
import { createTestDatabase, databaseAddress, dropTestDatabase, type TestServer } from "./databases.ts";

declare module "vitest" {
  // Vitest takes the types of what is handed to test files from this interface.
  interface ProvidedContext {
    testServer: TestServer;
    /** Where test files put what they write; see `sharedFolder`. */
    testFolder: string;
  }
}

const APP_ROLE = "veche_app_test";
const APP_PASSWORD = "only-for-tests";
const FOLDER = /^veche-test-(\d+)-/;

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

/** Servers and folders of test runs that were killed. */
async function cleanUpAfterKilled(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(FOLDER.exec(name)?.[1] ?? 0);
    if (pid === 0 || !isGone(pid)) continue;
    const { stopPostmaster } = await import("#src/base/embedded/postmaster.ts");
    await stopPostmaster(join(tmpdir(), name, "pg"));
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

interface OwnServer {
  readonly url: string;
  stop(): Promise<void>;
}

async function startServer(): Promise<OwnServer> {
  const given = process.env["VECHE_TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") return { url: given, stop: async () => undefined };
  await cleanUpAfterKilled();
  const folder = mkdtempSync(join(tmpdir(), `veche-test-${process.pid}-`));
  chmodSync(folder, 0o711);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await startEmbedded({ dataDir: folder, log: () => undefined, throwAway: true });
    return { url: server.url, stop: () => server.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Migrates the database that all others are copied from. Returns why it could not, for the tests that need it. */
async function migrateTemplate(template: string): Promise<string | undefined> {
  const databases = openDatabases({
    ownerUrl: template,
    appUrl: appUrl(template, APP_ROLE, APP_PASSWORD),
    name: "veche template",
  });
  try {
    await migrate(databases.owner);
    await ensureAppRole(databases.owner, APP_ROLE, APP_PASSWORD);
    await grantRights(databases.owner, APP_ROLE);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    await databases.close();
  }
}

/** Vitest calls this once before all test files: one PostgreSQL, in it one migrated database to copy, and a folder for files. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const folder = mkdtempSync(join(tmpdir(), `veche-test-${process.pid}-files-`));
  project.provide("testFolder", folder);
  const template = await createTestDatabase(server.url, undefined);
  const problem = await migrateTemplate(databaseAddress(server.url, template));
  project.provide("testServer", { url: server.url, template, appRole: APP_ROLE, appPassword: APP_PASSWORD, problem });
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    await dropTestDatabase(server.url, template).catch(() => undefined);
    await server.stop();
  };
}
