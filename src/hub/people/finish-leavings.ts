import { z } from "zod";
import type { Tx } from "#src/base/database.ts";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import { job, type JobTools } from "#src/base/jobs.ts";
import { postToAddress } from "#src/base/mail/post.ts";
import { m } from "#words";
import { leaveAllGroups } from "../groups/leave-all.ts";
import { closeAccount } from "../store/accounts.ts";
import { domainServed } from "../store/hubs.ts";
import {
  dueLeavings,
  lastAddress,
  type Leaver,
  leaverOf,
  type LeavingChoice,
  overdueLeavings,
  putLeavingOff,
  settleLeaving,
} from "../store/leavings.ts";
import { authorOf, hubIntake, type LivePlace } from "../talk/live.ts";
import { removeWritten } from "../talk/remove-written.ts";
import { showWritten } from "../talk/show-written.ts";
import { farewellLetter } from "./email-letters.ts";
import { leaverSchema } from "./leaver-posts.ts";

/** So long the last letter is tried when the mail server is away; sealed, it is the last place that knows the address. In hours. */
const FAREWELL_HOURS = 24;

interface Due {
  readonly community: CommunityId;
  readonly leaver: Leaver;
  readonly choice: LeavingChoice;
}

/** Puts the last letter on its way, before the address is forgotten. */
async function sayFarewell(tx: Tx, tools: JobTools, { community, leaver, choice }: Due): Promise<void> {
  const { accountId, slug, communityName, name } = leaver;
  const account = await lastAddress(tx, { community, accountId });
  const hub = { domain: await domainServed(tx, community) };
  const place = { publicUrl: tools.publicUrl, facts: { slug, name: communityName }, hub };
  const about = { name, locale: account?.language ?? leaver.language, place, choice };
  const letter = (to: string) => farewellLetter({ ...about, to });
  await postToAddress(tools, tx, { to: account?.email, letter, kind: "hub.left", hours: FAREWELL_HOURS });
}

/**
 * Finishes one leaving. First nothing opens the account any more, and the name goes where it shall: from then on nobody comes
 * back. Then what was written goes, and last of all it is noted that nothing waits. Stopped anywhere, it goes on the next time.
 */
async function finish(tools: JobTools, due: Due): Promise<void> {
  const { databases, secrets, now, signal } = tools;
  const { community, leaver, choice } = due;
  const { accountId, memberId, communityName, slug, language } = leaver;
  const place: LivePlace = { databases, secrets, now, community, facts: { name: communityName } };
  const at = now();
  const keepsName = choice === "named";
  const member = { ...authorOf(leaver, false), name: m.hub_nobody({}, { locale: language }) };
  const unnamed = { kind: "renamed", receipt: `unname ${accountId}`, member, happenedAt: at } as const;
  const intake = await hubIntake(place);
  await intake.take(keepsName ? [] : [unnamed], {
    after: async (tx) => {
      await sayFarewell(tx, tools, due);
      await closeAccount(tx, community, { id: accountId, at, keepsName });
    },
  });
  const isDone = await (choice === "deleted"
    ? removeWritten(place, leaver, signal)
    : showWritten({ ...place, author: leaver, signal, slug }));
  if (!isDone) return;
  await databases.asOwner(async (tx) => {
    await settleLeaving(tx, community, accountId);
    await leaveAllGroups(tx, community, { memberId, at: now() });
  });
}

/** Finishes the leaving of one person; a big history takes minutes. */
export const finishLeaving = job({
  name: "hub.finish-leaving",
  data: leaverSchema,
  retries: 3,
  minutes: 55,
  work: async ({ community: id, accountId }, tools) => {
    const community = provenCommunity(id);
    const leaver = await leaverOf(tools.databases.owner, { community, accountId });
    const isDue = leaver !== undefined && Number(leaver.graceUntil ?? Infinity) <= tools.now();
    if (isDue && leaver.choice !== null) await finish(tools, { community, leaver, choice: leaver.choice });
  },
  dropped: ({ accountId }, tx) => putLeavingOff(tx, accountId, Date.now()),
});

/** More failed work than this is never looked through. */
const MOST_FAILED = 10_000;

/**
 * Sends a job for each leaving whose days are over, so that each is tried again and, when it fails, told by itself. One that
 * was given up before is sent anew in its own place.
 */
async function sendAll({ databases, jobs, now }: JobTools): Promise<void> {
  const givenUp = (await jobs.failed({ after: undefined, limit: MOST_FAILED })).filter(
    (failed) => failed.job === finishLeaving.name,
  );
  await jobs.settleFailed(
    givenUp.map(({ id }) => id),
    "again",
  );
  const sent = new Set(givenUp.map(({ content }) => content["accountId"]));
  for (const { community, accountId } of await dueLeavings(databases.owner, now()))
    if (!sent.has(accountId)) await jobs.send(finishLeaving, { community, accountId }, { key: accountId });
}

/** Every hour. */
export const finishLeavings = job({
  name: "hub.finish-leavings",
  data: z.object({}),
  retries: 3,
  minutes: 5,
  every: "52 * * * *",
  overdue: { list: overdueLeavings, skip: putLeavingOff },
  work: (_, tools) => sendAll(tools),
});
