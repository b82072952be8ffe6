import { postLetter } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import type { HubCall } from "../call.ts";
import { beginLeaving, LEAVING_DAYS, type LeavingChoice, takeLeavingBack } from "../store/leavings.ts";
import { memberAccount } from "../store/members-accounts.ts";
import { authorOf, hubIntake, wholeHub } from "../talk/live.ts";
import { leavingLetter } from "./email-letters.ts";
import { endSession } from "./sessions.ts";

const DAY_MS = 86_400_000;

/** The day until which whoever leaves now can come back, in milliseconds since 1970 UTC. */
export const leavingUntil = (now: number): number => now + LEAVING_DAYS * DAY_MS;

/**
 * Begins to leave, told like any leaving: signed out everywhere, in no list, told of nothing. For `LEAVING_DAYS` signing in as
 * before offers to stay; then what was chosen is done. Returns until when, in milliseconds since 1970 UTC.
 */
export async function leave(call: HubCall, choice: LeavingChoice): Promise<number> {
  const { visitor, community } = call;
  if (visitor.kind !== "member") return refuse("forbidden", "hub.team-stays");
  const at = call.now();
  const until = leavingUntil(at);
  const space = wholeHub(call);
  const { accountId, name } = visitor;
  const move = {
    spaceExternalId: space.externalId,
    externalId: `${accountId} left ${at}`,
    position: 0,
    member: authorOf(visitor, false),
    name,
    kind: "left" as const,
    happenedAt: at,
  };
  const intake = await hubIntake(call);
  await intake.take([{ kind: "moved", receipt: `leave ${accountId} ${at}`, spaces: [space], move }], {
    after: async (tx) => {
      const account = await memberAccount(tx, community, accountId);
      const isBegun = await beginLeaving(tx, community, { accountId, choice, at, until });
      if (!isBegun) refuse("unauthenticated", "hub.sign-in-first");
      if (typeof account?.email !== "string" || !call.mailer.works) return;
      const about = { to: account.email, name, locale: account.language ?? call.locale, place: call };
      const letter = leavingLetter({ ...about, choice, until, timeZone: call.facts.timeZone });
      await postLetter(call, tx, { letter, kind: "hub.leaving", hours: 24 });
    },
  });
  await endSession(call);
  return until;
}

/** Takes a leaving back for whoever signed in during its days: everything is as it was. Told like any coming. */
export async function stay(call: HubCall): Promise<void> {
  const { community, leaving } = call;
  if (leaving === undefined) return refuse("conflict", "hub.not-leaving");
  const { accountId, name } = leaving;
  const at = call.now();
  const space = wholeHub(call);
  const move = {
    spaceExternalId: space.externalId,
    externalId: `${accountId} stayed ${at}`,
    position: 0,
    member: authorOf(leaving, false),
    name,
    kind: "joined" as const,
    happenedAt: at,
  };
  const intake = await hubIntake(call);
  await intake.take([{ kind: "moved", receipt: `stay ${accountId} ${at}`, spaces: [space], move }], {
    after: async (tx) => {
      if (!(await takeLeavingBack(tx, community, { accountId, now: at }))) refuse("conflict", "hub.not-leaving");
    },
  });
}
