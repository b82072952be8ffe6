import type { Call } from "#src/accounts/call.ts";
import { allows, type VisitorPermission } from "#src/accounts/model.ts";
import { enterCommunity, visitorProcedures } from "#src/accounts/procedure.ts";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { Refusal, refuse } from "#src/base/refusal.ts";
import type { HubCall } from "./call.ts";
import type { CallableGroup } from "./groups/model.ts";
import { callableGroups } from "./groups/store.ts";
import type { Board, Visitor } from "./model.ts";
import { memberOf, sessionHash } from "./people/sessions.ts";
import { ensureTeamAccount } from "./people/team.ts";
import { viewingIn, visitorAs } from "./people/viewing.ts";
import { accountOfUser } from "./store/accounts.ts";
import { boardsOf } from "./store/boards.ts";
import { entranceOf } from "./store/sessions.ts";

/** What every page of a hub needs to know of it. */
interface Shape {
  readonly boards: readonly Board[];
  readonly groups: readonly CallableGroup[];
}

/** Boards and groups change seldom and every page needs them: kept by the hub's version, which grows with each change of them. */
const kept = new Map<string, Shape & { readonly version: number }>();
/** Above so many communities the oldest are forgotten. */
const MOST_KEPT = 1000;

async function shapeAt(databases: Databases, community: CommunityId, version: number): Promise<Shape> {
  const known = kept.get(community);
  if (known?.version === version) return known;
  const shape = await databases.asCommunity(community, async (tx) => {
    return { boards: await boardsOf(tx, community), groups: await callableGroups(tx, community) };
  });
  kept.delete(community);
  kept.set(community, { version, ...shape });
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
  return shape;
}

/** Every board of a hub as of this version of it. */
export async function boardsAt(
  databases: Databases,
  community: CommunityId,
  version: number,
): Promise<readonly Board[]> {
  return (await shapeAt(databases, community, version)).boards;
}

/** Somebody of the team, by their session or key of the console; undefined when they have no part in this community. */
async function teamVisitor(call: Call, slug: string, community: CommunityId): Promise<Visitor | undefined> {
  if (call.caller.kind === "nobody") return undefined;
  try {
    const { actor } = await enterCommunity(call, slug, "community.read");
    const mayWrite = actor.kind === "person" && allows(actor.role, "hub.write");
    const account = mayWrite ? await accountOfUser(call.databases.owner, community, actor.id) : undefined;
    const mayModerate = actor.kind === "person" && allows(actor.role, "hub.moderate");
    const unread = account?.unread ?? 0;
    return { kind: "team", userId: actor.id, name: actor.name, account, unread, mayWrite, mayModerate };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function mayEnter(visitor: Visitor, asked: { permission: VisitorPermission; reading: "everyone" | "members" }): void {
  const { permission, reading } = asked;
  if (permission === "hub.public" || visitor.kind === "member") return;
  if (visitor.kind === "guest") {
    if (permission === "hub.member" || reading === "members") refuse("unauthenticated", "hub.sign-in-first");
    return;
  }
  if (permission === "hub.member" && !visitor.mayWrite) refuse("forbidden", "hub.team-reads-only");
}

/** How long what a door found is good for the deed behind it, in milliseconds. Whoever sends a large file is asked for anew. */
const GOOD_FOR_MS = 1000;

/** Whom a door of pages has let in, for the first procedure that the same request calls. */
interface LetIn {
  readonly entered: HubCall;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  isUsed: boolean;
}

/** A call that may bring along whom its page's door let in. */
export interface FromDoor {
  readonly letIn?: LetIn;
}

/**
 * The call of a form's deed, which need not find out a second time who comes: true of the first procedure it calls, and of
 * that only when it is called soon after they were let in, `at` (milliseconds since 1970 UTC). Whatever is called after it may
 * stand in a changed world and asks anew.
 */
export function fromDoor(call: Call, entered: HubCall, at: number): Call & FromDoor {
  return { ...call, letIn: { entered, at, isUsed: false } };
}

function letInBefore({ letIn, now }: Call & FromDoor, slug: string): HubCall | undefined {
  if (letIn === undefined || letIn.isUsed || letIn.entered.facts.slug !== slug) return undefined;
  letIn.isUsed = true;
  return Math.abs(now() - letIn.at) < GOOD_FOR_MS ? letIn.entered : undefined;
}

/** Finds out who comes to a hub. */
async function arrive(call: Call, slug: string): Promise<HubCall> {
  const asked = { slug, tokenHash: sessionHash(call, slug), now: call.now() };
  const found = await entranceOf(call.databases.planned, asked);
  if (found?.hub.isOpen !== true) return refuse("not-found", "hub.no-such-hub");
  const { facts, hub, seq, session, leaving } = found;
  const community = provenCommunity(facts.id);
  const member = session && (await memberOf(call, { community, slug }, session));
  const comes = member ?? (await teamVisitor(call, slug, community)) ?? { kind: "guest" };
  const viewingAs = comes.kind === "team" ? viewingIn(call, slug) : undefined;
  const visitor = viewingAs === undefined ? comes : visitorAs(viewingAs);
  const shape = await shapeAt(call.databases, community, hub.version);
  return {
    ...call,
    community,
    facts,
    hub,
    boards: shape.boards,
    groups: shape.groups,
    visitor,
    viewingAs,
    leaving: visitor.kind === "guest" ? leaving : undefined,
    seq,
    run: (work) => call.databases.asCommunity(community, work),
  };
}

/**
 * Lets a visitor into a community's hub, or refuses. Whoever is signed in to the hub comes as a member, even one of the
 * team; otherwise the team comes as the team, by its session of the console, or looks with somebody else's eyes.
 */
export async function enterHub(call: Call & FromDoor, slug: string, permission: VisitorPermission): Promise<HubCall> {
  const entered = letInBefore(call, slug) ?? (await arrive(call, slug));
  if (entered.viewingAs !== undefined && permission === "hub.member") refuse("forbidden", "hub.only-looking");
  if (entered.leaving !== undefined && permission === "hub.member") refuse("unauthenticated", "hub.leaving-first");
  mayEnter(entered.visitor, { permission, reading: entered.hub.reading });
  return permission === "hub.member" ? ensureTeamAccount(entered) : entered;
}

/** Defines a procedure of the hub: `hub.public`, `hub.reader` or `hub.member` says who may call it. */
export const hubProcedure = visitorProcedures(enterHub);
