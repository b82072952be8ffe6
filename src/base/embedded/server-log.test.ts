import { expect, test } from "vitest";
import { explainServerLog, passingTrouble } from "./server-log.ts";

const SHORT_WRITE = `running bootstrap script ... 2026-11-22 08:24:49.300 UTC [1924] FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 10
HINT:  Check free disk space.
PANIC:  cannot abort transaction 1, it was already committed`;

test.each([
  ["a disk that is full from the start", SHORT_WRITE, "base.disk-full"],
  [
    "a disk that is full later",
    `FATAL:  could not write to file "pg_wal/xlogtemp.62": No space left on device`,
    "base.disk-full",
  ],
  ["a disk that can only be read", `FATAL:  could not open file "PG_VERSION": Read-only file system`, "base.read-only"],
  ["too little memory", "FATAL:  could not map anonymous shared memory: Cannot allocate memory", "base.no-memory"],
  ["a folder of somebody else's", `FATAL:  data directory "/srv/pg" has wrong ownership`, "base.no-rights-to-folder"],
  [
    "a system without a library",
    "postgres: error while loading shared libraries: libz.so.1: cannot open",
    "base.no-library",
  ],
])("%s is recognised in what the server says", (_, output, code) => {
  expect(explainServerLog(output, "/srv/pg").code).toBe(code);
});

test("of what is not known, the server's own last word is passed on", () => {
  const output =
    "2026-11-22 UTC [7] LOG:  starting\n2026-11-22 UTC [7] FATAL:  the moon is in the wrong house\n2026-11-22 UTC [7] LOG:  shut down";
  expect(explainServerLog(output, "/srv/pg")).toMatchObject({
    code: "base.database-failed",
    details: { line: "the moon is in the wrong house" },
  });
});

test("trouble that passes is told from trouble that stays", () => {
  expect(passingTrouble('LOG:  could not bind IPv4 address "127.0.0.1": Address already in use')).toBe("port-taken");
  expect(passingTrouble('FATAL:  lock file "postmaster.pid" already exists')).toBe("already-running");
  expect(passingTrouble("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use")).toBe(
    "old-processes",
  );
  expect(passingTrouble("FATAL:  the moon is in the wrong house")).toBeUndefined();
});
