import type { Databases } from "#src/base/database.ts";
import { record } from "#src/trail/actions.ts";
import type { Chain, NewEntry } from "#src/trail/model.ts";

/** Writes down what was done at the command line: whoever runs it owns the machine and has no name here. */
export async function recordAtMachine(
  databases: Databases,
  chain: Chain,
  deed: Pick<NewEntry, "operation" | "target" | "details">,
): Promise<void> {
  await record(databases, chain, { at: Date.now(), actor: { kind: "machine" }, ...deed });
}
