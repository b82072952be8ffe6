import { provenCommunity } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { createCommunity, eraseAtOnce } from "#src/communities/actions.ts";
import { append } from "#src/log/append.ts";
import { markMembers } from "#src/members/actions.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { findSample, membersByAccount } from "./store.ts";
import { accountOf, batchesOf } from "./story/incoming.ts";
import { SAMPLE_ZONE, type Story, tellStory } from "./story/story.ts";

const DAY = 86_400_000;
/** In both of its languages; a brand of our own invention. */
const NAME = "Verdolka · Вердолка";

/** Who asks for a sample, when, and in which language the team of the sample works. */
export interface SampleWish {
  readonly ownerId: string | undefined;
  readonly language: "en" | "ru";
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

interface Writing {
  readonly databases: Databases;
  readonly community: ReturnType<typeof provenCommunity>;
  readonly now: () => number;
}

async function writeStory({ databases, community, now }: Writing, story: Story): Promise<void> {
  for (const platform of ["telegram", "discord"] as const) {
    const intake = openIntake({ databases, community, platform, now });
    for (const batch of batchesOf(story, platform)) await intake.store(batch);
  }
  const { posts, team } = story;
  const [first, last] = [posts[0], posts.at(-1)];
  if (first === undefined || last === undefined) return;
  const payload = { importId: newId(now()), messages: posts.length, firstAt: first.at, lastAt: last.at };
  await databases.asOwner(async (tx) => {
    const accounts = [accountOf(team.agronomist, "telegram"), accountOf(team.agronomist, "discord")];
    const marks = (await membersByAccount(tx, community, accounts)).map((memberId) => ({ memberId, isStaff: true }));
    await markMembers(tx, community, { marks, now: now() });
    await append(tx, community, [{ kind: "history.imported", happenedAt: now(), payload }]);
  });
}

async function erase(databases: Databases, id: string, now: () => number): Promise<void> {
  await eraseAtOnce({ databases, signal: new AbortController().signal, now }, provenCommunity(id));
}

/**
 * Makes the sample community: a year of a made-up brand's club in two languages on two platforms, up to yesterday,
 * brought in by the same door as any history. Returns its slug; that of the one there is, if there is one already.
 */
export async function makeSample(databases: Databases, { ownerId, language, now }: SampleWish): Promise<string> {
  const known = await findSample(databases.owner);
  if (known?.isDeleted === false) return known.slug;
  if (known !== undefined) await erase(databases, known.id, now);
  const wish = {
    name: NAME,
    slug: "verdolka",
    language,
    timeZone: SAMPLE_ZONE,
    ownerId,
    now: now(),
    isSample: true,
  } as const;
  const made = await createCommunity(databases, wish);
  const community = provenCommunity(made.id);
  try {
    await writeStory({ databases, community, now }, tellStory({ endsAt: now() - DAY }));
  } catch (error) {
    await erase(databases, community, now);
    throw error;
  }
  return made.slug;
}

/** Removes the sample community with everything in it, at once and for ever. Refuses when there is none. */
export async function removeSample(databases: Databases, now: () => number): Promise<void> {
  const known = await findSample(databases.owner);
  if (known === undefined || known.isDeleted) return refuse("not-found", "sample.none");
  await erase(databases, known.id, now);
}
