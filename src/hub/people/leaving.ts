import { postToAddress } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Moved } from "#src/platforms/live/updates.ts";
import type { HubCall } from "../call.ts";
import type { Account } from "../model.ts";
import { beginLeaving, LEAVING_DAYS, type LeavingChoice, takeLeavingBack } from "../store/leavings.ts";
import { memberAccount } from "../store/members-accounts.ts";
import { authorOf, hubIntake, wholeHub } from "../talk/live.ts";
import { leavingLetter } from "./email-letters.ts";
import { tendLeaverPosts } from "./leaver-posts.ts";
import { endSession } from "./sessions.ts";

const DAY_MS = 86_400_000;

/** The day until which whoever leaves now can come back, in milliseconds since 1970 UTC. */
export const leavingUntil = (now: number): number => now + LEAVING_DAYS * DAY_MS;

/** What is told when somebody goes, or stays after all. It happens once at an instant, however often somebody changes their mind. */
function moveOf(call: HubCall, who: Account, { kind, at }: { kind: "joined" | "left"; at: number }): Moved {
  const space = wholeHub(call);
  const receipt = `${kind} ${who.accountId} ${at}`;
  const member = authorOf(who, false);
  const move = {
    spaceExternalId: space.externalId,
    externalId: receipt,
    position: 0,
    member,
    name: who.name,
    kind,
    happenedAt: at,
  };
  return { kind: "moved", receipt, spaces: [space], move };
}

/**
 * Begins to leave, told like any leaving: signed out everywhere, in no list, told of nothing; what they want deleted is hidden
 * within seconds. For `LEAVING_DAYS` signing in as before offers to stay; then what was chosen is done. Returns until when, in milliseconds since 1970 UTC.
 */
export async function leave(call: HubCall, choice: LeavingChoice): Promise<number> {
  const { visitor, community } = call;
  if (visitor.kind !== "member") return refuse("forbidden", "hub.team-stays");
  const at = call.now();
  const until = leavingUntil(at);
  const { accountId, name } = visitor;
  const intake = await hubIntake(call);
  await intake.take([moveOf(call, visitor, { kind: "left", at })], {
    after: async (tx) => {
      const account = await memberAccount(tx, community, accountId);
      const isBegun = await beginLeaving(tx, community, { accountId, choice, at, until });
      if (!isBegun) refuse("unauthenticated", "hub.sign-in-first");
      if (choice === "deleted") await call.jobs.send(tendLeaverPosts, { community, accountId }, { tx });
      const about = { name, locale: account?.language ?? call.locale, place: call, choice, until };
      const letter = (to: string) => leavingLetter({ ...about, to, timeZone: call.facts.timeZone });
      await postToAddress(call, tx, { to: account?.email, letter, kind: "hub.leaving", hours: 24 });
    },
  });
  await endSession(call);
  return until;
}

/** Takes a leaving back for whoever signed in during its days: everything is as it was, what was hidden within seconds. Told like any coming. */
export async function stay(call: HubCall): Promise<void> {
  const { community, leaving } = call;
  if (leaving === undefined) return refuse("conflict", "hub.not-leaving");
  const { accountId } = leaving;
  const at = call.now();
  const intake = await hubIntake(call);
  await intake.take([moveOf(call, leaving, { kind: "joined", at })], {
    after: async (tx) => {
      if (!(await takeLeavingBack(tx, community, { accountId, now: at }))) refuse("conflict", "hub.not-leaving");
      await call.jobs.send(tendLeaverPosts, { community, accountId }, { tx });
    },
  });
}
