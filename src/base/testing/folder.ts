import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";

/** A folder for what tests write that several test files share; gone when the whole run is over. */
export function sharedFolder(name: string): string {
  return mkdtempSync(join(inject("testFolder"), `${name}-`));
}
