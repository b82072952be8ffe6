import type { Call } from "#src/accounts/call.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { Refusal } from "#src/base/refusal.ts";
import type { Board, Visitor } from "../model.ts";
import type { HubVisit } from "../site/visit.ts";
import { hubBySlug, type StandingHub } from "../store/hubs.ts";
import { standingSessions } from "../store/sessions.ts";
import { boardsAt, enterHub } from "../visitor.ts";
import type { Line } from "./lines.ts";

/** Somebody before an open page. */
export interface Seat {
  /** As they were let in last. */
  visit: HubVisit;
  readonly line: Line;
  /** A hash of a member's cookie; undefined for guests and the team. */
  readonly session: Buffer | undefined;
  /** Finds out anew who asks, by the same cookies. */
  readonly again: () => Promise<Call>;
}

/** A community's hub, as lines into it know it. */
export interface LivePlace {
  readonly databases: Databases;
  readonly community: CommunityId;
  readonly slug: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

interface Standing {
  readonly hub: StandingHub;
  readonly boards: readonly Board[];
  readonly seq: number;
}

function seatedAs({ visit }: Seat, { hub, boards, seq }: Standing, visitor: Visitor): HubVisit {
  return { ...visit, call: { ...visit.call, hub, boards, seq, visitor } };
}

/** Somebody of the team, asked anew; undefined when they may no longer read. */
async function teamAgain(seat: Seat): Promise<HubVisit | undefined> {
  try {
    const call = await enterHub(await seat.again(), seat.visit.slug, "hub.reader");
    return { ...seat.visit, call };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/**
 * Asks anew, just before something is told, who may hear it: the hub, its boards, every member's session and tags, every
 * role of the team. Whoever may not any more is left out, and their line ends.
 */
export async function stillThere<S extends Seat>(place: LivePlace, seats: readonly S[]): Promise<S[]> {
  const { databases, community, slug, now } = place;
  const found = await hubBySlug(databases.owner, slug);
  const hashes = seats.flatMap(({ session }) => session ?? []);
  const [boards, members] =
    found === undefined
      ? [[], new Map<string, never>()]
      : await Promise.all([
          boardsAt(databases, community, found.hub.version),
          standingSessions(databases.owner, community, { hashes, now: now() }),
        ]);
  const visitNow = async (seat: Seat): Promise<HubVisit | undefined> => {
    if (found?.hub.isOpen !== true) return undefined;
    const standing = { hub: found.hub, boards, seq: found.seq };
    if (seat.visit.call.visitor.kind === "team") return teamAgain(seat);
    if (seat.session === undefined)
      return found.hub.reading === "everyone" ? seatedAs(seat, standing, { kind: "guest" }) : undefined;
    const member = members.get(seat.session.toString("hex"));
    return member === undefined ? undefined : seatedAs(seat, standing, { kind: "member", unread: 0, ...member });
  };
  const left: S[] = [];
  for (const seat of seats) {
    const visit = await visitNow(seat);
    if (visit === undefined) {
      seat.line.end();
      continue;
    }
    seat.visit = visit;
    left.push(seat);
  }
  return left;
}
