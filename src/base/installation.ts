import { sql } from "kysely";
import pg from "pg";
import { provenCommunity } from "./community-id.ts";
import type { Config } from "./config.ts";
import { openDatabases, type Databases } from "./database.ts";
import { startEmbedded, type EmbeddedServer } from "./embedded/server.ts";
import { migrate } from "./migrations.ts";
import { refuse } from "./refusal.ts";
import { appPassword, appUrl, ensureAppRole, grantRights, unsafeRole } from "./roles.ts";
import { openSecrets, readRoots, type Secrets } from "./secrets.ts";

/** One install of Veche, opened: its database is up, migrated, and safe to serve communities from. */
export interface Installation {
  readonly config: Config;
  readonly databases: Databases;
  readonly secrets: Secrets;
  /** The embedded PostgreSQL; undefined when `DATABASE_URL` names another one. */
  readonly embedded: EmbeddedServer | undefined;
  /** The migrations that opening it has run. */
  readonly migrated: readonly string[];
  /** Closes the connections, then stops the embedded database unless another process uses it. */
  close(): Promise<void>;
}

/** What opening an install needs. */
export interface InstallationSetup {
  readonly config: Config;
  /** Shown by the database beside each connection. */
  readonly name: string;
  /** Gets a sentence when something takes a while. */
  readonly log: (line: string) => void;
}

/** PostgreSQL 15 is the first with `nulls not distinct`, and the oldest with years of support left. */
const OLDEST_MAJOR = 15;
/** A database that does not answer at all must not hang the start. */
const CONNECT_MS = 10_000;

/** Makes sure that somebody else's server is new enough, before anything is changed in it. */
async function checkServer(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_MS });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ number: number; version: string }>(
      "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
    );
    const [found] = rows;
    if (found !== undefined && found.number < OLDEST_MAJOR * 10_000) {
      refuse("unavailable", "base.database-too-old", { host: new URL(connectionString).host, found: found.version });
    }
  } finally {
    await client.end();
  }
}

async function findServer({
  config,
  log,
}: InstallationSetup): Promise<{ url: string; embedded: EmbeddedServer | undefined }> {
  if (config.databaseUrl === undefined) {
    const embedded = await startEmbedded({ dataDir: config.dataDir, log });
    return { url: embedded.url, embedded };
  }
  const { protocol } = new URL(config.databaseUrl);
  if (!protocol.startsWith("postgres")) refuse("invalid", "base.bad-database-url");
  await checkServer(config.databaseUrl);
  return { url: config.databaseUrl, embedded: undefined };
}

/** No community has this id: it is for asking about the role itself. */
const NOBODY = provenCommunity("00000000-0000-0000-0000-000000000000");
/** Two processes that start at once give out rights one after the other. */
const RIGHTS_LOCK = 0x7665_7269;

function roleTrouble(databases: Databases): Promise<string | undefined> {
  return databases.asCommunity(NOBODY, (tx) => unsafeRole(tx));
}

/** Whether the app role is not there yet or has another password (28000, 28P01). */
function cannotLogIn(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "28P01" || error.code === "28000");
}

/**
 * Brings schema and rights up to date, and refuses to go on with a role that could see more than one community. A role
 * that can log in is left as it is, so that after the first start no right to make roles is needed.
 */
async function prepare(databases: Databases, role: string, password: string): Promise<readonly string[]> {
  const migrated = await migrate(databases.owner);
  const known = await roleTrouble(databases).then(
    () => true,
    (error: unknown) => {
      if (!cannotLogIn(error)) throw error;
      return false;
    },
  );
  await databases.asOwner(async (tx) => {
    await sql`select pg_advisory_xact_lock(${RIGHTS_LOCK})`.execute(tx);
    if (!known) await ensureAppRole(tx, role, password);
    if (!known || migrated.length > 0) await grantRights(tx, role);
  });
  const reason = await roleTrouble(databases);
  if (reason !== undefined) refuse("unavailable", "base.unsafe-role", { role, reason });
  return migrated;
}

/**
 * Opens the install that the settings describe: starts the embedded database or reaches the given one, migrates it and
 * readies both roles. What can go wrong is told apart by `explainStartFailure`.
 */
export async function openInstallation(setup: InstallationSetup): Promise<Installation> {
  const { config, name } = setup;
  const { url, embedded } = await findServer(setup);
  let databases: Databases | undefined;
  const close = async (): Promise<void> => {
    await databases?.close();
    await embedded?.stop();
  };
  try {
    const secrets = openSecrets(await readRoots(config.dataDir, process.env["VECHE_SECRETS"]));
    const password = appPassword(secrets.derive("app role"));
    databases = openDatabases({ ownerUrl: url, appUrl: appUrl(url, config.appRole, password), name });
    const migrated = await prepare(databases, config.appRole, password);
    return { config, databases, secrets, embedded, migrated, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}
