import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { record } from "#src/trail/actions.ts";
import type { NewEntry } from "#src/trail/model.ts";

/** Writes down what was done at the command line: whoever runs it owns the machine and has no name here. */
export async function recordAtMachine(
  databases: Databases,
  community: CommunityId,
  deed: Pick<NewEntry, "operation" | "target" | "details">,
): Promise<void> {
  await record(databases, community, { at: Date.now(), actor: { kind: "machine" }, ...deed });
}
