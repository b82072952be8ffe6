import { Refusal } from "#src/base/refusal.ts";

/** What PostgreSQL says when it cannot start, and what is behind it. Found in its sources, src/backend and src/port. */
const SIGNS: readonly [pattern: RegExp, code: string][] = [
  [/No space left on device|Check free disk space/, "base.disk-full"],
  [/Disk quota exceeded/, "base.disk-full"],
  [/Read-only file system/, "base.read-only"],
  [
    /Cannot allocate memory|could not map anonymous shared memory|could not create shared memory segment/,
    "base.no-memory",
  ],
  [/Permission denied|wrong ownership|invalid permissions/, "base.no-rights-to-folder"],
  [
    /error while loading shared libraries|Library not loaded|cannot execute binary file|not found \(required by/,
    "base.no-library",
  ],
];

/** The refusal for a start that failed with this output. `folder` is the one the server works in. */
export function explainServerLog(output: string, folder: string): Refusal {
  const sign = SIGNS.find(([pattern]) => pattern.test(output));
  if (sign !== undefined) return new Refusal("unavailable", sign[1], { folder });
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const line = lines.findLast((each) => /FATAL|PANIC|error/i.test(each)) ?? lines.at(-1) ?? "";
  return new Refusal("unavailable", "base.database-failed", {
    folder,
    line: line.replace(/^.*?(FATAL|PANIC|error): */i, ""),
  });
}

/** Trouble that passes, or that the caller can get round. */
export type PassingTrouble = "port-taken" | "already-running" | "old-processes";

/** Whether a failed start is worth another try, and after what. */
export function passingTrouble(output: string): PassingTrouble | undefined {
  if (/could not bind IPv4 address|could not create any TCP\/IP sockets/.test(output)) return "port-taken";
  if (/lock file "postmaster\.pid" already exists|lock file "postmaster\.pid" is empty/.test(output))
    return "already-running";
  if (/pre-existing shared memory block/.test(output)) return "old-processes";
  return undefined;
}
