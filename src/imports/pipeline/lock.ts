import type pg from "pg";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";

/** The right to import into a community, held by one process at a time. */
export interface ImportLock {
  /** Aborted when the connection that holds the lock is gone: somebody else may be at work by now. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

async function isTaken(connection: pg.PoolClient, key: string): Promise<boolean> {
  try {
    const taken = await connection.query<{ ok: boolean }>(
      "select pg_try_advisory_lock(hashtextextended($1, 0)) as ok",
      [key],
    );
    return taken.rows[0]?.ok === true;
  } catch (error) {
    // The connection broke: kept, it would take a place among the few there are for good.
    connection.release(true);
    throw error;
  }
}

/**
 * Takes the right to import into a community, or says by undefined that another process has it. It is a lock of the
 * database's, so it ends with the process that holds it, however that ends.
 */
export async function lockImports({ ownerPool }: Databases, community: CommunityId): Promise<ImportLock | undefined> {
  const connection = await ownerPool.connect();
  const key = `veche.import ${community}`;
  if (!(await isTaken(connection, key))) {
    connection.release();
    return undefined;
  }
  const lost = new AbortController();
  const notice = (): void => lost.abort();
  connection.on("error", notice);
  return {
    lost: lost.signal,
    release: async () => {
      connection.off("error", notice);
      const unlocked = await connection.query("select pg_advisory_unlock(hashtextextended($1, 0))", [key]).then(
        () => true,
        () => false,
      );
      connection.release(!unlocked);
    },
  };
}
