import { z } from "zod";
import { job, type JobTools } from "#src/base/jobs.ts";
import { m } from "#words";
import { leaveAllGroups } from "../groups/leave-all.ts";
import { closeAccount } from "../store/accounts.ts";
import { type DueLeaving, dueLeavings, overdueLeavings, putLeavingOff, settleLeaving } from "../store/leavings.ts";
import { authorOf, hubIntake, type LivePlace } from "../talk/live.ts";
import { removeWritten } from "../talk/remove-written.ts";

/**
 * Finishes one leaving. First nothing opens the account any more, and the name goes where it shall: from then on nobody comes
 * back. Then what was written goes, and last of all it is noted that nothing waits. Stopped anywhere, it goes on the next time.
 */
async function finish(tools: JobTools, due: DueLeaving): Promise<void> {
  const { databases, secrets, now, signal } = tools;
  const { community, communityName, language, accountId, choice } = due;
  const place: LivePlace = { databases, secrets, now, community, facts: { name: communityName } };
  const at = now();
  const keepsName = choice === "named";
  const member = { ...authorOf(due, false), name: m.hub_nobody({}, { locale: language }) };
  const unnamed = { kind: "renamed", receipt: `unname ${accountId}`, member, happenedAt: at } as const;
  const intake = await hubIntake(place);
  await intake.take(keepsName ? [] : [unnamed], {
    after: (tx) => closeAccount(tx, community, { id: accountId, at, keepsName }),
  });
  if (choice === "deleted" && !(await removeWritten(place, due, signal))) return;
  await databases.asOwner(async (tx) => {
    await settleLeaving(tx, community, accountId);
    await leaveAllGroups(tx, community, { memberId: due.memberId, at: now() });
  });
}

/** Finishes every leaving whose days are over. One that fails keeps no other waiting; the failure is told behind the last. */
async function finishAll(tools: JobTools): Promise<void> {
  const failures: unknown[] = [];
  for (const due of await dueLeavings(tools.databases.owner, tools.now())) {
    if (tools.signal.aborted) break;
    await finish(tools, due).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

/** Every hour; a big history takes minutes, and what was not done in an hour goes on in the next. */
export const finishLeavings = job({
  name: "hub.finish-leavings",
  data: z.object({}),
  retries: 3,
  minutes: 55,
  every: "52 * * * *",
  overdue: { list: overdueLeavings, skip: putLeavingOff },
  work: (_, tools) => finishAll(tools),
});
