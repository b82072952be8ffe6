import { sql } from "kysely";
import pg from "pg";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { LOG_CHANNEL } from "./append.ts";

/** The channel on which processes hear that something of a community changed. */
const CHANGE_CHANNEL = "veche_changed";

/**
 * Tells, on commit, everybody who watches the community that `topic` changed: a name only, whoever cares asks again.
 * Topics are `imports` (one moved on), the name of a reader of the log (it has counted what it read), and `log`.
 */
export async function announceChange(tx: Tx | Db, community: CommunityId, topic: string): Promise<void> {
  await sql`select pg_notify(${CHANGE_CHANNEL}, ${`${community} ${topic}`})`.execute(tx);
}

/** Something changed in a community. `topic` is `log` when its log grew. */
export interface Change {
  readonly communityId: string;
  readonly topic: string;
}

/** One connection that hears of every change and hands it to whoever watches. */
export interface ChangeFeed {
  /** Calls `heard` for each change in the community until the returned function is called. */
  watch(communityId: string, heard: (change: Change) => void): () => void;
  stop(): Promise<void>;
}

const RECONNECT_MS = 2000;

function changeOf(channel: string, payload: string): Change {
  const [communityId = "", topic = "log"] = payload.split(" ", 2);
  return { communityId, topic: channel === LOG_CHANNEL ? "log" : topic };
}

/** Listens; a connection that breaks is opened again, and watchers are told `again`, because they may have missed something. */
export async function openChanges(url: string): Promise<ChangeFeed> {
  const watchers = new Map<string, Set<(change: Change) => void>>();
  let client: pg.Client | undefined;
  let stopped = false;

  const tell = (change: Change): void => {
    for (const heard of watchers.get(change.communityId) ?? []) heard(change);
  };
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, application_name: "veche changes" });
    fresh.on("notification", ({ channel, payload = "" }) => tell(changeOf(channel, payload)));
    fresh.on("error", () => undefined);
    fresh.on("end", () => {
      if (!stopped) setTimeout(() => void reconnect(), RECONNECT_MS).unref();
    });
    await fresh.connect();
    await fresh.query(`listen ${LOG_CHANNEL}`);
    await fresh.query(`listen ${CHANGE_CHANNEL}`);
    client = fresh;
  };
  const reconnect = async (): Promise<void> => {
    await connect().then(
      () => [...watchers.keys()].forEach((communityId) => tell({ communityId, topic: "again" })),
      () => setTimeout(() => void reconnect(), RECONNECT_MS).unref(),
    );
  };

  await connect();
  return {
    watch: (communityId, heard) => {
      const known = watchers.get(communityId) ?? new Set();
      watchers.set(communityId, known.add(heard));
      return () => {
        known.delete(heard);
        if (known.size === 0 && watchers.get(communityId) === known) watchers.delete(communityId);
      };
    },
    stop: async () => {
      stopped = true;
      await client?.end().catch(() => undefined);
    },
  };
}
