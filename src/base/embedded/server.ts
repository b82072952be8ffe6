import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { findBinaries } from "./binaries.ts";
import { clusterDir, openCluster, OWNER, rememberPort, type Cluster, type ClusterTools } from "./cluster.ts";
import { freePort } from "./free-port.ts";
import { addressOf, takeLease, type Lease } from "./lease.ts";
import { findPostmaster, startPostmaster, stopPostmaster } from "./postmaster.ts";
import { findServerUser, runnerFor } from "./system-user.ts";

/** How the embedded PostgreSQL is asked for. */
export interface EmbeddedOptions {
  /** Absolute; the server keeps its files in `pg` below it. */
  readonly dataDir: string;
  /** Gets a sentence when something takes a while. */
  readonly log: (line: string) => void;
  /** For tests: faster, and nothing survives a power cut. */
  readonly throwAway?: boolean;
}

/** The embedded PostgreSQL, running. */
export interface EmbeddedServer {
  /** The address of Veche's database as its owner. The port stays the same as long as this process lives. */
  readonly url: string;
  /** Whether another process, or one that was killed, had started it. */
  readonly adopted: boolean;
  /** Ends the server, unless another process still uses it. Close the connections first. */
  stop(): Promise<void>;
}

/** How long the processes of a server that was killed may take to notice; after that they are not going to. */
const OLD_PROCESSES_MS = 15_000;
/** After this long, the person is told why nothing happens. */
const SLOW_MS = 3000;

function prepare(options: EmbeddedOptions): ClusterTools {
  const binaries = findBinaries();
  const user = findServerUser(clusterDir(options.dataDir));
  mkdirSync(options.dataDir, { recursive: true, mode: user === undefined ? 0o700 : 0o711 });
  const dataDir = realpathSync(options.dataDir);
  const runner = runnerFor(user, { cluster: join(clusterDir(dataDir), "PG_VERSION"), program: binaries.postgres });
  return { dataDir, runner, binaries, throwAway: options.throwAway === true };
}

async function startOnce(cluster: Cluster, tools: ClusterTools, port: number): Promise<"started" | "not-yet"> {
  const logFile = join(tools.dataDir, "postgres.log");
  const trouble = await startPostmaster({ ...tools, dir: cluster.dir, port, logFile });
  if (trouble === undefined) rememberPort(cluster, port);
  return trouble === undefined ? "started" : "not-yet";
}

/** Starts the server or finds it running; `port` is for a restart, when the address must not change. */
async function run(
  cluster: Cluster,
  tools: ClusterTools,
  fixedPort?: number,
): Promise<{ lease: Lease; port: number; adopted: boolean }> {
  let adopted = true;
  let waitingSince = Date.now();
  for (;;) {
    const running = findPostmaster(cluster.dir);
    const lease = running?.ready === true ? await takeLease(running.port, cluster.password) : undefined;
    if (running !== undefined && lease !== undefined) return { lease, port: running.port, adopted };
    if (running === undefined) {
      const port = fixedPort ?? (await freePort(cluster.port));
      const outcome = await startOnce(cluster, tools, port);
      if (outcome === "started") {
        adopted = false;
        waitingSince = Date.now();
        continue;
      }
    }
    if (running === undefined && Date.now() - waitingSince > OLD_PROCESSES_MS)
      throw new Error(`the server of ${cluster.dir} does not start`);
    await wait(20);
  }
}

/** Says once that the start takes long: after a power cut the server first replays its journal. */
function slowNotice(log: (line: string) => void): () => void {
  const timer = setTimeout(() => log("The database puts itself in order after an unclean stop…"), SLOW_MS);
  timer.unref();
  return () => clearTimeout(timer);
}

/**
 * Starts the embedded PostgreSQL of this data folder, or joins the one that runs there, left by a killed app or used by
 * another process right now. While this process uses the server, it is started again should it be killed. Throws a
 * `Refusal` whose code begins with `base.` where it cannot be.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const tools = prepare(options);
  const cluster = await openCluster(tools);
  const done = slowNotice(options.log);
  const first = await run(cluster, tools).finally(done);
  let current: Promise<Lease> = Promise.resolve(first.lease);
  let stopped = false;

  const again = async (): Promise<Lease> => {
    options.log("The database went away; starting it again…");
    const { lease } = await run(cluster, tools, first.port);
    watch(lease);
    return lease;
  };
  const watch = (lease: Lease): void => {
    lease.onLost(() => {
      if (stopped) return;
      current = again();
      current.catch((error: unknown) => options.log(`The database does not start again: ${String(error)}`));
    });
  };
  watch(first.lease);

  return {
    url: addressOf(first.port, cluster.password, OWNER),
    adopted: first.adopted,
    stop: async () => {
      stopped = true;
      const lease = await current.catch(() => undefined);
      await (lease?.release(() => stopPostmaster(cluster.dir)) ?? stopPostmaster(cluster.dir));
    },
  };
}
