import type { CommunityCall } from "#src/accounts/call.ts";
import { homedToken, newSecret, secretHash } from "#src/accounts/one-time-token.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { renameSpace } from "#src/communities/actions.ts";
import { slugOf } from "#src/communities/model.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { m } from "#words";
import { groupsById } from "./groups/store.ts";
import { type Board, hubAddress, type HubSettings, MOST_BOARDS } from "./model.ts";
import { forgetPosts } from "./search/index-posts.ts";
import { addBoard, boardsOf, holdBoards, spaceId, writeBoard } from "./store/boards.ts";
import { hubOf, touchHub, writeHub } from "./store/hubs.ts";
import { dropFilesOf } from "./store/files.ts";
import { addInvitation } from "./store/invitations.ts";
import { emptyBefore } from "./store/posts.ts";
import { PLATFORM, spaceOf } from "./talk/live.ts";

/** What a hub is before anybody has said otherwise. */
export const unset: HubSettings = {
  isOpen: false,
  reading: "everyone",
  joining: "everyone",
  directory: "nobody",
  about: "",
  rules: "",
  showsLinks: true,
};

/** Sets the hub up or changes it; what is missing stays. A hub that is opened for the first time gets a board to talk in. */
export async function changeHub(call: CommunityCall, change: Partial<HubSettings>): Promise<HubSettings> {
  const { databases, community, facts } = call;
  const { after, isFirst } = await databases.asOwner(async (tx) => {
    const before = await hubOf(tx, community);
    const next: HubSettings = { ...unset, ...before, ...change };
    await writeHub(tx, community, { ...next, at: call.now() });
    const { isOpen, reading, joining, directory, about, rules, showsLinks } = next;
    const none = (await boardsOf(tx, community)).length === 0;
    return { after: { isOpen, reading, joining, directory, about, rules, showsLinks }, isFirst: isOpen && none };
  });
  if (isFirst) {
    const name = m.hub_first_board({}, { locale: facts.language });
    await makeBoard(call, { name, about: "", access: "everyone", groupIds: [] });
  }
  return after;
}

/** A board to be. */
export type BoardWish = Pick<Board, "name" | "about" | "access" | "groupIds">;

async function refuseGroups(
  tx: Tx,
  call: CommunityCall,
  { access, groupIds }: Pick<Board, "access" | "groupIds">,
): Promise<void> {
  if (access !== "groups") return;
  if (groupIds.length === 0) refuse("invalid", "hub.board-without-group");
  const found = await groupsById(tx, call.community, groupIds);
  if (found.length !== new Set(groupIds).size) refuse("invalid", "hub.no-such-group");
}

function freeKey(name: string, taken: ReadonlySet<string>): string {
  const key = slugOf(name).slice(0, 40);
  if (!taken.has(key)) return key;
  let number = 2;
  while (taken.has(`${key}-${number}`)) number += 1;
  return `${key}-${number}`;
}

/** Makes a board behind the others, and the space that it is. */
export async function makeBoard(call: CommunityCall, wish: BoardWish): Promise<Board> {
  const { databases, community, secrets, now } = call;
  const known = await call.run((tx) => boardsOf(tx, community));
  if ((await call.run((tx) => hubOf(tx, community))) === undefined) refuse("conflict", "hub.not-set-up");
  if (known.length >= MOST_BOARDS) refuse("conflict", "hub.boards-full", { most: MOST_BOARDS });
  const key = freeKey(wish.name, new Set(known.map((board) => board.key)));
  const space = spaceOf({ key, name: wish.name });
  const intake = openIntake({ databases, community, secrets, now, platform: PLATFORM });
  let id = "";
  await intake.store({ spaces: [space], messages: [], moves: [] }, async (tx) => {
    await holdBoards(tx, community);
    await refuseGroups(tx, call, wish);
    id = (await spaceId(tx, community, space.externalId)) ?? refuse("conflict", "hub.no-such-board");
    await addBoard(tx, community, { id, key, about: wish.about, access: wish.access, groupIds: wish.groupIds });
    await touchHub(tx, community);
  });
  return boardAt(call, id);
}

async function boardAt(call: CommunityCall, id: string): Promise<Board> {
  const boards = await call.run((tx) => boardsOf(tx, call.community));
  return boards.find((board) => board.id === id) ?? refuse("not-found", "hub.no-such-board");
}

/** What may change of a board; what is missing stays. */
export type BoardChange = Partial<BoardWish & { readonly isArchived: boolean }>;

/** Changes a board, archives it or brings it back. */
export async function changeBoard(call: CommunityCall, wish: { id: string; change: BoardChange }): Promise<Board> {
  const { community } = call;
  const { id, change } = wish;
  await call.databases.asOwner(async (tx) => {
    await holdBoards(tx, community);
    const before = (await boardsOf(tx, community)).find((board) => board.id === id);
    if (before === undefined) return refuse("not-found", "hub.no-such-board");
    const after = { ...before, ...change };
    await refuseGroups(tx, call, after);
    await writeBoard(tx, community, { ...after, archivedAt: after.isArchived ? call.now() : undefined });
    if (after.name !== before.name) await renameSpace(tx, community, { id, name: after.name });
    await touchHub(tx, community);
  });
  return boardAt(call, id);
}

/** Puts the boards into this order. Refuses a list that is not all of them, such as one read before another was made. */
export async function orderBoards(call: CommunityCall, ids: readonly string[]): Promise<void> {
  const { community } = call;
  await call.databases.asOwner(async (tx) => {
    await holdBoards(tx, community);
    const boards = await boardsOf(tx, community);
    const isAll = boards.length === ids.length && boards.every((board) => ids.includes(board.id));
    if (!isAll) refuse("conflict", "hub.boards-changed");
    for (const board of boards) {
      const archivedAt = board.isArchived ? call.now() : undefined;
      await writeBoard(tx, community, { ...board, position: ids.indexOf(board.id) + 1, archivedAt });
    }
    await touchHub(tx, community);
  });
}

/** An invitation to be: how many people it brings, for how many days, and what the team calls it. */
export interface InvitationWish {
  readonly note: string;
  readonly uses: number;
  readonly days: number;
}

const DAY_MS = 86_400_000;

/** Makes a link by which people join. It is told this once; a hash of it is kept. */
export async function inviteToHub(call: CommunityCall, wish: InvitationWish): Promise<{ id: string; link: string }> {
  const { community, facts } = call;
  call.limits.take("invitation.make", call.actor.id);
  const at = call.now();
  const [id, secret] = [newId(at), newSecret()];
  const row = { id, tokenHash: secretHash(secret), note: wish.note, uses: wish.uses, at };
  const domain = await call.run(async (tx) => {
    await addInvitation(tx, community, { ...row, expiresAt: at + wish.days * DAY_MS });
    return (await hubOf(tx, community))?.domain ?? null;
  });
  const home = hubAddress(call.publicUrl, { slug: facts.slug, domain });
  return { id, link: `${home}/join?invitation=${homedToken(community, secret)}` };
}

/**
 * Takes what was written before an instant (milliseconds since 1970 UTC) out of the hub's own pages, index and files, at most
 * `limit` posts; returns how many. The messages themselves are emptied by `emptyOldTexts`.
 */
export async function emptyOldPosts(
  tx: Tx,
  community: CommunityId,
  old: { before: number; limit: number },
): Promise<number> {
  const emptied = await emptyBefore(tx, community, old);
  if (emptied.length === 0) return 0;
  await forgetPosts(
    tx,
    community,
    emptied.map(({ messageId }) => messageId),
  );
  await dropFilesOf(tx, community, emptied);
  await touchHub(tx, community);
  return emptied.length;
}
