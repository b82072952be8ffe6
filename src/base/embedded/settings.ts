/** One PostgreSQL setting and why it differs from the default. */
interface Setting {
  readonly name: string;
  readonly value: string;
  readonly reason: string;
}

/** How the embedded server is set: one install, one machine, and a community's history on it. */
const SETTINGS: readonly Setting[] = [
  { name: "listen_addresses", value: "127.0.0.1", reason: "nobody outside this machine may knock" },
  {
    name: "unix_socket_directories",
    value: "",
    reason: "a socket's path is limited to 107 bytes; a data folder's is not",
  },
  { name: "password_encryption", value: "scram-sha-256", reason: "the only way in is the generated password" },
  { name: "max_connections", value: "60", reason: "two pools of the app, the jobs, and room for the command line" },
  { name: "shared_buffers", value: "128MB", reason: "enough for the hot counters; the system caches the rest" },
  { name: "wal_level", value: "minimal", reason: "there is no replica, and bulk loads write less" },
  { name: "max_wal_senders", value: "0", reason: "required by wal_level = minimal" },
  { name: "max_wal_size", value: "2GB", reason: "an import of millions of rows should not checkpoint all the time" },
  {
    name: "wal_init_zero",
    value: "off",
    reason: "the first million messages would wait for a gigabyte of zeros to be on the disk before their own journal",
  },
  { name: "checkpoint_timeout", value: "15min", reason: "fewer full-page images; recovery still takes seconds" },
  { name: "synchronous_commit", value: "on", reason: "what was acknowledged to a platform must survive a power cut" },
  { name: "jit", value: "off", reason: "compiling costs more than every query here takes" },
  { name: "random_page_cost", value: "1.1", reason: "laptops and servers have solid-state disks" },
  { name: "autovacuum", value: "on", reason: "upserted counters leave dead rows behind" },
  { name: "timezone", value: "UTC", reason: "local times are computed in one place, which is not SQL" },
  { name: "log_timezone", value: "UTC", reason: "as above" },
  { name: "lc_messages", value: "C", reason: "the app recognises a failed start by the English text" },
  { name: "log_checkpoints", value: "off", reason: "the log is for people; ours is kept beside the data" },
  { name: "log_statement", value: "none", reason: "texts of members must not reach a log" },
  { name: "log_min_error_statement", value: "panic", reason: "as above: a failed statement carries its values" },
  { name: "log_parameter_max_length_on_error", value: "0", reason: "as above" },
  { name: "log_error_verbosity", value: "terse", reason: "as above: DETAIL lines quote the row" },
];

/** Containers give /dev/shm 64 MB, which one parallel join can fill; System V segments have no such lid. */
const LINUX: readonly Setting[] = [
  { name: "dynamic_shared_memory_type", value: "sysv", reason: "does not depend on the size of /dev/shm" },
];

/** Tests may lose everything on a power cut, and run a third faster for it. */
const UNSAFE: readonly Setting[] = [
  { name: "fsync", value: "off", reason: "throw-away data" },
  { name: "full_page_writes", value: "off", reason: "throw-away data" },
  { name: "synchronous_commit", value: "off", reason: "throw-away data" },
  { name: "max_connections", value: "400", reason: "several test files at once, each with databases of its own" },
];

/** The server's arguments for these settings; a later one wins over an earlier one. */
export function serverArguments(port: number, throwAway: boolean): string[] {
  const all = [...SETTINGS, ...(process.platform === "linux" ? LINUX : []), ...(throwAway ? UNSAFE : [])];
  return ["-p", String(port), ...all.flatMap(({ name, value }) => ["-c", `${name}=${value}`])];
}
