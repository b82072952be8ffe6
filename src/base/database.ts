import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import type { CommunityId } from "./community-id.ts";

/** No table is known here: a feature's store writes its SQL itself, or names its tables with `withTables`. */
type Tables = Record<string, never>;
/** A database, outside of any transaction. */
export type Db = Kysely<Tables>;
/** One open transaction. */
export type Tx = Transaction<Tables>;

// Counts and log numbers stay far below 2^53, and a number is what every caller wants.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

/** How to reach the database in its two roles. */
export interface DatabaseAddress {
  /** Owns the tables: migrations, batch writers, consumers, jobs. */
  readonly ownerUrl: string;
  /** Procedures: owns nothing, and row-level security binds it. */
  readonly appUrl: string;
  /** Shown by the server beside each connection. */
  readonly name?: string;
  readonly ownerConnections?: number;
  readonly appConnections?: number;
}

/** The open database, in its two roles. */
export interface Databases {
  readonly owner: Db;
  /**
   * As `owner`, for what nearly every request asks: each connection reads and plans such a statement once, under its text,
   * whatever is asked later. Only for statements whose texts are few, because a connection keeps them all.
   */
  readonly planned: Db;
  /** For COPY and LISTEN, which need a connection of their own. */
  readonly ownerPool: pg.Pool;
  readonly ownerUrl: string;
  /** Runs `work` in one transaction as the table owner. The work names its community in every statement. */
  asOwner<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** As `asOwner`, with the connection of that transaction at hand, which COPY needs. */
  copying<T>(work: (tx: Tx, connection: pg.ClientBase) => Promise<T>): Promise<T>;
  /**
   * As `copying`, for what is done many times a second: connections keep the statements, and the server plans one anew only
   * where that pays. Its texts should be few; beyond some hundreds they are not kept.
   */
  repeating<T>(work: (tx: Tx, connection: pg.ClientBase) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction in which no row of another community can be seen or written. */
  asCommunity<T>(community: CommunityId, work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** No statement of a procedure may hold a connection longer; heavy work belongs into jobs. */
const APP_STATEMENT_TIMEOUT_MS = 30_000;

/** Their statements are short and asked together. */
const PLANNED_CONNECTIONS = 4;

interface PoolOptions {
  readonly name: string;
  readonly max: number;
  readonly timeout?: number;
}

function openPool(url: string, { name, max, timeout }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    ...(timeout === undefined ? {} : { statement_timeout: timeout }),
  });
  // A connection that breaks while idle is replaced on the next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  // The same for one that breaks in somebody's hands between two statements: the next statement says so.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return pool;
}

/** The name under which connections keep a statement. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `veche_${names.size}`;
  names.set(text, name);
  return name;
}

const names = new Map<string, string>();

/** Put together by hand, because the library copies whatever it is handed a name in property by property. */
function namedQuery(connection: pg.ClientBase, text: string, values: unknown[]): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const query = new pg.Query(text, values, (error, result) =>
      error instanceof Error ? reject(error) : resolve(result),
    );
    connection.query(Object.assign(query, { name: nameOf(text) }));
  });
}

/** A pool whose connections keep each statement that went through them. */
function planning(pool: pg.Pool): pg.Pool {
  const connect = async () => {
    const connection = await pool.connect();
    return {
      query: (text: string, values: unknown[]) => namedQuery(connection, text, values),
      release: () => connection.release(),
    };
  };
  // All that Kysely asks of a pool for statements outside of transactions; the end of this one is not its business.
  return { connect, end: async () => undefined } as unknown as pg.Pool;
}

/** How the statements of a transaction go to the server. */
type Asking = (connection: pg.ClientBase) => (text: string, values: unknown[]) => Promise<pg.QueryResult>;

const askAnew: Asking = (connection) => connection.query.bind(connection);

/** Texts beyond so many are not kept: each costs memory on every connection. Those of one kind of deed are some dozens. */
const MOST_KEPT = 500;

/** The connection keeps statements, and lets the server choose between a kept plan and one for the very values. */
const askKept: Asking = (connection) => (text, values) => {
  const isKept = values.length > 0 && (names.has(text) || names.size < MOST_KEPT);
  return isKept ? namedQuery(connection, text, values) : connection.query(text, values);
};

interface Asked {
  readonly pool: pg.Pool;
  readonly asking: Asking;
}

/** One transaction on a connection that is also in the caller's hands. */
async function transactionOn<T>(
  { pool, asking }: Asked,
  work: (tx: Tx, connection: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const connection = await pool.connect();
  const lent = {
    query: asking(connection),
    release: () => undefined,
  };
  // Kysely asks a pool for connections and gives them back; here it gets this one and keeps its hands off its end.
  const onlyPool = { connect: async () => lent, end: async () => undefined } as unknown as pg.Pool;
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool: onlyPool }) });
  try {
    return await db.transaction().execute((tx) => work(tx, connection));
  } finally {
    connection.release();
  }
}

/** Opens both pools. Nothing is connected until the first statement. */
export function openDatabases(address: DatabaseAddress): Databases {
  const name = address.name ?? "veche";
  const ownerPool = openPool(address.ownerUrl, { name, max: address.ownerConnections ?? 8 });
  const appPool = openPool(address.appUrl, {
    name,
    max: address.appConnections ?? 10,
    timeout: APP_STATEMENT_TIMEOUT_MS,
  });
  const owner: Db = new Kysely({ dialect: new PostgresDialect({ pool: ownerPool }) });
  const plannedPool = openPool(address.ownerUrl, { name, max: PLANNED_CONNECTIONS });
  // Left to itself, PostgreSQL plans a statement with lists anew each time, which takes longer than the statement.
  plannedPool.on("connect", (client) => void client.query("set plan_cache_mode = force_generic_plan").catch(() => {}));
  const planned: Db = new Kysely({ dialect: new PostgresDialect({ pool: planning(plannedPool) }) });
  const app: Db = new Kysely({ dialect: new PostgresDialect({ pool: appPool }) });
  return {
    owner,
    planned,
    ownerPool,
    ownerUrl: address.ownerUrl,
    asOwner: (work) => owner.transaction().execute(work),
    copying: (work) => transactionOn({ pool: ownerPool, asking: askAnew }, work),
    repeating: (work) => transactionOn({ pool: ownerPool, asking: askKept }, work),
    asCommunity: (community, work) =>
      app.transaction().execute(async (tx) => {
        await sql`select set_config('veche.community', ${community}, true)`.execute(tx);
        return work(tx);
      }),
    close: async () => {
      await Promise.all([owner.destroy(), plannedPool.end(), app.destroy()]);
    },
  };
}
