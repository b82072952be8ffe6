import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { refuse } from "#src/base/refusal.ts";

/** Whom the server runs as. PostgreSQL refuses to run as root, so root lends it another user. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Ours first, then the ones that PostgreSQL packages of Linux and macOS make. */
const CANDIDATES = ["veche", "postgres", "_postgres"];

function numberOf(flag: "-u" | "-g", name: string): number | undefined {
  const { status, stdout } = spawnSync("id", [flag, name], { encoding: "utf8" });
  const value = status === 0 ? Number(stdout.trim()) : Number.NaN;
  return Number.isInteger(value) ? value : undefined;
}

function lookUp(name: string): ServerUser | undefined {
  const uid = numberOf("-u", name);
  const gid = numberOf("-g", name);
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { uid, gid };
}

/** Debian and Red Hat have useradd, Alpine and BusyBox have adduser. */
function create(): ServerUser | undefined {
  const ways: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "veche"]],
    ["adduser", ["-S", "-D", "-H", "veche"]],
  ];
  for (const [command, args] of ways) {
    if (spawnSync(command, args, { stdio: "ignore" }).status === 0) return lookUp("veche");
  }
  return undefined;
}

/**
 * The user for the server: undefined means whoever runs the app. Root gets the owner of the data that is already
 * there, else a system user, which is made if there is none.
 */
export function findServerUser(clusterDir: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(clusterDir)) {
    const { uid, gid } = statSync(clusterDir);
    if (uid !== 0) return { uid, gid };
  }
  for (const name of CANDIDATES) {
    const user = lookUp(name);
    if (user !== undefined) return user;
  }
  return create() ?? refuse("unavailable", "base.no-system-user");
}

function mayEnter(folder: string, { uid, gid }: ServerUser): boolean {
  const { mode, uid: owner, gid: group } = statSync(folder);
  if (owner === uid) return (mode & 0o100) !== 0;
  return (mode & (group === gid ? 0o010 : 0o001)) !== 0;
}

/** The first folder above `path` that this user may not enter, as with a clone in /root, which is closed to others. */
export function closedParent(path: string, user: ServerUser): string | undefined {
  const parents: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    parents.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  return parents.find((folder) => existsSync(folder) && !mayEnter(folder, user));
}

/**
 * Linux lets root hand one right to another user: to pass closed folders. Nothing else of root's comes with it. The
 * secure bit makes access(2), by which the server finds itself, honour that right.
 */
function lendPassage({ uid, gid }: ServerUser): string[] {
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", "--no-new-privs"];
  const one = "-all,+dac_override";
  return [
    ...identity,
    "--securebits=+no_setuid_fixup",
    `--inh-caps=${one}`,
    `--ambient-caps=${one}`,
    `--bounding-set=${one}`,
  ];
}

/** Runs the server's programs as one user. */
export interface Runner {
  readonly user: ServerUser | undefined;
  start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess;
}

/** What the server's user must be able to reach. */
interface Reach {
  /** A path below the data folder. */
  readonly cluster: string;
  /** The server's program, which is tried where passage has to be lent. */
  readonly program: string;
}

/** How to run the server's programs as this user; refuses, naming the folder, when it could not reach them. */
export function runnerFor(user: ServerUser | undefined, { cluster, program }: Reach): Runner {
  if (user === undefined) return { user, start: (command, args, options) => spawn(command, args, options) };
  const closed = closedParent(cluster, user) ?? closedParent(program, user);
  if (closed === undefined)
    return { user, start: (command, args, options) => spawn(command, args, { ...options, ...user }) };
  const lend = lendPassage(user);
  if (spawnSync("setpriv", [...lend, program, "--version"]).status !== 0)
    refuse("unavailable", "base.closed-folder", { folder: closed });
  return { user, start: (command, args, options) => spawn("setpriv", [...lend, command, ...args], options) };
}
