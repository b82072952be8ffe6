import type { NewFact } from "#src/events.ts";
import { storable, storableAuthor } from "../storable.ts";
import { renameIdentity } from "../store/identities.ts";
import { writeMoves } from "../store/moves.ts";
import { personOf, type Step, type Taking, unchanged } from "./taking.ts";
import type { Moved, Renamed } from "./updates.ts";

const told = { joined: "member.joined", left: "member.left", removed: "member.removed" } as const;

/** Writes down that somebody came or went. */
export async function takeMoved(taking: Taking, update: Moved): Promise<Step> {
  const spaceId = taking.spaces.get(update.move.spaceExternalId);
  if (spaceId === undefined) throw new Error("an update names a space that nobody brought");
  const { member } = update.move;
  const memberId = member && personOf(taking, member.externalId);
  const [move = update.move] = taking.erased?.cleaned({ spaces: [], messages: [], moves: [update.move] }, taking.people)
    .moves ?? [update.move];
  const stored = await writeMoves(taking, [{ spaceId, memberId, move: { ...move, name: storable(move.name) } }]);
  const of = memberId === undefined ? {} : { memberId };
  if (stored === 0) return unchanged(update, "repeated", of);
  const invite = update.invite === undefined || move.kind !== "joined" ? {} : { invite: storable(update.invite) };
  const fact: NewFact = {
    kind: told[move.kind],
    happenedAt: move.happenedAt,
    payload: { spaceId, ...of, ...invite },
  };
  return { outcome: { receipt: update.receipt, outcome: "taken", ...of }, facts: [fact] };
}

/** Gives an account its new name, and its person too unless the team calls them otherwise. */
export async function takeRenamed(taking: Taking, update: Renamed): Promise<Step> {
  const { tx, community, platform } = taking;
  const { receipt, happenedAt } = update;
  const memberId = personOf(taking, update.member.externalId);
  const isRenamed = await renameIdentity(tx, { community, platform, now: taking.now }, storableAuthor(update.member));
  if (!isRenamed) return unchanged(update, "repeated", { memberId });
  return {
    outcome: { receipt, outcome: "taken", memberId },
    facts: [{ kind: "member.renamed", happenedAt, payload: { memberId } }],
  };
}
