import pg from "pg";
import { OWNER } from "./cluster.ts";

/** Whoever uses the embedded server holds this advisory lock, shared; whoever stops it holds it alone. */
const LOCK = 0x7665_6368;

/** This process's claim on the running server. It ends with the process, however that ends. */
export interface Lease {
  /** Calls back once when the server went away though nobody let go of the lease. */
  onLost(report: () => void): void;
  /** Gives the claim up. Calls `stopServer` if nobody else has one; nobody can get one meanwhile. */
  release(stopServer: () => Promise<void>): Promise<void>;
}

/** Codes of a server that starts, stops or is gone: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const NOT_NOW = new Set(["57P01", "57P02", "57P03", "08006", "08001", "ECONNREFUSED", "ECONNRESET", "EPIPE", "53300"]);

function isNotNow(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string") return NOT_NOW.has(error.code);
  return error.message.includes("Connection terminated");
}

/** The address of the embedded server's database. */
export function addressOf(port: number, password: string, database: string): string {
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
}

async function makeDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select from pg_database where datname = $1", [OWNER]);
  if (rowCount !== 0) return;
  await client.query(`create database ${OWNER}`).catch((error: unknown) => {
    const DUPLICATE = new Set(["42P04", "23505"]);
    if (!(error instanceof Error && "code" in error && DUPLICATE.has(String(error.code)))) throw error;
  });
}

/**
 * Asks for a claim on the server at this port and makes Veche's database if it is missing. Undefined while the server
 * starts or stops; throws when the server is not the one whose password this is.
 */
export async function takeLease(port: number, password: string): Promise<Lease | undefined> {
  const connectionString = addressOf(port, password, "postgres");
  const client = new pg.Client({ connectionString, application_name: "veche lease", keepAlive: true });
  let lost: (() => void) | undefined;
  let released = false;
  client.on("error", () => undefined);
  client.on("end", () => {
    if (!released) lost?.();
  });
  try {
    await client.connect();
    await client.query("select pg_advisory_lock_shared($1)", [LOCK]);
    await makeDatabase(client);
  } catch (error) {
    await client.end().catch(() => undefined);
    if (isNotNow(error)) return undefined;
    throw error;
  }
  return {
    onLost: (report) => (lost = report),
    release: async (stopServer) => {
      released = true;
      if (await isLastUser(client)) await stopServer();
      await client.end().catch(() => undefined);
    },
  };
}

async function isLastUser(client: pg.Client): Promise<boolean> {
  try {
    await client.query("select pg_advisory_unlock_shared($1)", [LOCK]);
    const { rows } = await client.query<{ alone: boolean }>("select pg_try_advisory_lock($1) as alone", [LOCK]);
    return rows[0]?.alone === true;
  } catch {
    return false;
  }
}
