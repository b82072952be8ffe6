import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Secrets } from "#src/base/secrets.ts";
import { append } from "#src/log/append.ts";
import { wholePerson } from "#src/members/queries.ts";
import { takePersonAway } from "#src/platforms/erasure.ts";
import { type KeptPerson, sealPlace } from "./erasing/run.ts";
import { addErasure, type ErasureRow, erasureOfPerson, findErasure, saveErasure } from "./store/erasures.ts";
import { countMessages } from "./store/person.ts";

/** Whose erasure is asked for, and by whom. */
export interface ErasureWish {
  readonly memberId: string;
  readonly secrets: Secrets;
  /** A person of the team; undefined for a key or the command line. */
  readonly askedBy: string | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Before every message. */
const BEGINNING = "00000000-0000-0000-0000-000000000000";

/**
 * Begins to erase a person: names and accounts go at once, and nothing of theirs comes in any more. The rest is done by
 * `erasePersonJob`, which the caller sends. It cannot be undone. Asked again, it answers with what was begun before; one
 * that failed is begun once more where it stopped.
 */
export async function beginErasure(
  databases: Databases,
  community: CommunityId,
  wish: ErasureWish,
): Promise<ErasureRow> {
  const { memberId, secrets, askedBy, now } = wish;
  const total = await countMessages(databases.owner, community);
  const id = await databases.asOwner(async (tx) => {
    const person = await wholePerson(tx, community, memberId);
    if (person === undefined) return refuse("not-found", "rights.no-such-member");
    const known = await erasureOfPerson(tx, community, person.personId);
    if (known !== undefined) {
      if (known.state !== "failed") return known.id;
      const resume = { ...known.resume, step: "tables" as const };
      await saveErasure(tx, community, { id: known.id, state: "waiting", resume });
      return known.id;
    }
    const { memberIds } = person;
    const traces = await takePersonAway(tx, community, { memberIds, secrets, now });
    const fresh = newId(now);
    const kept: KeptPerson = { memberIds: [...memberIds], traces: { ...copied(traces) } };
    await addErasure(tx, community, {
      id: fresh,
      memberId: person.personId,
      sealed: secrets.seal(JSON.stringify(kept), sealPlace(community, fresh)),
      resume: { step: "messages", after: BEGINNING, seq: 0 },
      report: { total, seen: 0, own: 0, others: 0, links: 0, places: 0 },
      askedBy: askedBy ?? null,
      at: now,
    });
    await append(tx, community, [{ kind: "member.erased", happenedAt: now, payload: { memberIds, links: 0 } }]);
    return fresh;
  });
  const row = await findErasure(databases.owner, community, id);
  return row ?? refuse("not-found", "rights.no-such-member");
}

function copied({ names, usernames, externalIds }: Awaited<ReturnType<typeof takePersonAway>>): KeptPerson["traces"] {
  return { names: [...names], usernames: [...usernames], externalIds: [...externalIds] };
}
