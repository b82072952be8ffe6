import type { Call, CommunityFacts } from "#src/accounts/call.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { type CallableGroup, knowsGroup } from "./groups/model.ts";
import { withoutCalls } from "./markdown/mentions.ts";
import { type Account, accountOf, type Board, type Link, maySee, type Post, type Visitor } from "./model.ts";
import type { ViewedAs } from "./people/viewing.ts";
import type { StandingHub } from "./store/hubs.ts";
import type { LeavingSession } from "./store/sessions.ts";

/** A call by somebody whom the hub of a community has let in. */
export interface HubCall extends Call {
  readonly community: CommunityId;
  readonly facts: CommunityFacts;
  readonly hub: StandingHub;
  /** Every board there is; `seenBoards` are those of this visitor. */
  readonly boards: readonly Board[];
  /** Every group that stands; whether the visitor may know of one says `knowsGroup`. */
  readonly groups: readonly CallableGroup[];
  readonly visitor: Visitor;
  /** Set while one of the team looks with somebody else's eyes: `visitor` is that somebody, and nothing is written. */
  readonly viewingAs?: ViewedAs | undefined;
  /** Set when whoever calls signed in to an account that they left and can still come back to: `visitor` is a guest. */
  readonly leaving?: LeavingSession | undefined;
  /** The last number of the community's log when the call began: whatever was told before is seen. */
  readonly seq: number;
  /** One transaction that sees this community and no other. */
  readonly run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/** What writing and arranging in a hub takes: a call has it, and so has what the team sends without a browser. */
export type HubDeed = Pick<
  HubCall,
  "community" | "facts" | "hub" | "boards" | "groups" | "visitor" | "limits" | "run" | "databases" | "secrets" | "now"
>;

/** The version of everything that lists show: how the hub is set up, and the last fact that was told before this call. */
export function listsVersion({ hub, seq }: Pick<HubCall, "hub" | "seq">): string {
  return `${hub.version} ${seq}`;
}

/** The boards that are there for whoever calls to read, archived ones too. */
export function seenBoards({ boards, visitor }: Pick<HubCall, "boards" | "visitor">): Board[] {
  return boards.filter((board) => maySee(board, visitor));
}

/** Those of them in which people write: what lists of new things are made of. */
export function livingBoards(call: Pick<HubCall, "boards" | "visitor">): Board[] {
  return seenBoards(call).filter(({ isArchived }) => !isArchived);
}

/** Whether a board is an archive: read, and not written in. */
export function isArchive({ boards }: Pick<HubCall, "boards">, boardId: string): boolean {
  return boards.some(({ id, isArchived }) => isArchived && id === boardId);
}

/** A board that is there for whoever calls; for them others do not exist. */
export function seenBoard(call: Pick<HubCall, "boards" | "visitor">, id: string): Board {
  const board = call.boards.find((each) => each.id === id);
  if (board === undefined || !maySee(board, call.visitor)) return refuse("not-found", "hub.no-such-board");
  return board;
}

/** What whoever calls sees of a post's links: of topics only those that are there for them. */
export function seenLinks(call: Pick<HubCall, "boards" | "visitor">, { links }: Pick<Post, "links">): readonly Link[] {
  if (links.every(({ boardId }) => boardId === null)) return links;
  const seen = new Set(seenBoards(call).map(({ id }) => id));
  return links.filter(({ boardId }) => boardId === null || seen.has(boardId));
}

/** The HTML of a post as whoever calls sees it: a group that they may not know of is called by plain text. */
export function seenHtml(
  { groups, visitor }: Pick<HubCall, "groups" | "visitor">,
  { html }: Pick<Post, "html">,
): string {
  return withoutCalls(html, (number) => groups.some((group) => group.number === number && knowsGroup(visitor, group)));
}

/** The account of whoever calls; only guests, and the team before its first deed, have none. */
export function ownAccount({ visitor }: Pick<HubCall, "visitor">): Account {
  return accountOf(visitor) ?? refuse("unauthenticated", "hub.sign-in-first");
}

/** Whoever calls as a member with a session of the hub. The team signs in and out elsewhere, and is refused. */
export function ownSession({ visitor }: Pick<HubCall, "visitor">): Extract<Visitor, { kind: "member" }> {
  return visitor.kind === "member" ? visitor : refuse("forbidden", "hub.team-elsewhere");
}
