import { randomBytes } from "node:crypto";
import pg from "pg";

/** The PostgreSQL that the tests of this run share. */
export interface TestServer {
  readonly url: string;
  /** The migrated database that each test file gets a copy of. */
  readonly template: string;
  readonly appRole: string;
  readonly appPassword: string;
  /** Why the template could not be migrated. */
  readonly problem: string | undefined;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseAddress(url, "postgres") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The address of another database on the same server. */
export function databaseAddress(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}

/** Makes an empty database or a copy of `template`, and returns its name. */
export async function createTestDatabase(url: string, template: string | undefined): Promise<string> {
  const name = `veche_test_${randomBytes(8).toString("hex")}`;
  // Copying files takes 40 ms; the default way writes every page to the journal.
  const copy = template === undefined ? "template template0" : `template ${template} strategy file_copy`;
  await onServer(url, `create database ${name} ${copy}`);
  return name;
}

/** Drops a test's database, with whatever is still connected to it. */
export async function dropTestDatabase(url: string, name: string): Promise<void> {
  await onServer(url, `drop database if exists ${name} with (force)`);
}
