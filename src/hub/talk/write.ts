import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import type { HubDeed } from "../call.ts";
import { ownAccount, seenBoard } from "../call.ts";
import type { Board, TopicKind } from "../model.ts";
import { type FilesOfPost, writeUses } from "../store/files.ts";
import { markWritten } from "../store/marks.ts";
import { addPosts, placeOfMessage } from "../store/posts.ts";
import { addTopic, nextTopic } from "../store/topics.ts";
import { fileIdsIn } from "../uploads/addresses.ts";
import { groupsCalled } from "./calling.ts";
import { authorOf, hubIntake, spaceOf } from "./live.ts";
import { htmlOf, messageOf } from "./text.ts";

/** Where a post stands. */
export interface PostPlace {
  readonly topic: number;
  readonly number: number;
}

/** A topic about to be opened. `form` is the token of the form it was typed in: sent twice, it opens one topic. */
export interface TopicWish {
  readonly boardId: string;
  readonly kind: TopicKind;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly form: string;
}

/** Whether what is done is done as the team. */
export function isTeam({ visitor }: HubDeed): boolean {
  return visitor.kind === "team";
}

/** A board in which whoever calls may write. */
export function openBoard(call: HubDeed, boardId: string): Board {
  const board = seenBoard(call, boardId);
  if (board.isArchived) refuse("conflict", "hub.board-archived");
  return board;
}

/** What the same form has written before, when it was sent twice. */
export async function writtenBefore(call: HubDeed, messageId: string | undefined): Promise<PostPlace> {
  const place =
    messageId === undefined ? undefined : await call.run((tx) => placeOfMessage(tx, call.community, messageId));
  return place ?? refuse("conflict", "hub.form-used");
}

/** Ties the files that a new post shows to it; most show none. */
export async function noteFiles(tx: Tx, community: CommunityId, post: FilesOfPost): Promise<void> {
  if (post.ids.length > 0) await writeUses(tx, community, post);
}

/** Opens a topic. */
export async function openTopic(call: HubDeed, wish: TopicWish): Promise<PostPlace> {
  const { community, facts } = call;
  const account = ownAccount(call);
  const board = openBoard(call, wish.boardId);
  call.limits.take("hub.write", account.accountId);
  const [at, space] = [call.now(), spaceOf(board)];
  const { kind, title, tags, form } = wish;
  const { memberId: writer } = account;
  const { slug } = facts;
  const groups = await groupsCalled(call, wish.text);
  const html = await call.run((tx) =>
    htmlOf(tx, { community, slug, writer: { memberId: writer, boardId: board.id }, groups }, wish.text),
  );
  const author = authorOf(account, isTeam(call));
  const place = { spaceExternalId: space.externalId, externalId: form, sentAt: at };
  const message = messageOf({ ...place, author, source: wish.text, opens: { title, kind } });
  let made: PostPlace | undefined;
  const intake = await hubIntake(call);
  const [outcome] = await intake.take([{ kind: "posted", receipt: form, spaces: [space], message }], {
    after: async (tx, [posted]) => {
      const { messageId, memberId } = posted ?? {};
      if (posted?.outcome !== "taken" || messageId === undefined || memberId === undefined) return;
      const number = await nextTopic(tx, community);
      await addTopic(tx, community, { number, boardId: board.id, kind, title, tags: [...new Set(tags)], memberId, at });
      const post = { topic: number, messageId, memberId, asTeam: isTeam(call), html, at };
      const numbers = await addPosts(tx, community, [post]);
      made = { topic: number, number: numbers.get(messageId) ?? 1 };
      await noteFiles(tx, community, { ...made, memberId: writer, ids: fileIdsIn(wish.text, slug), at });
      await markWritten(tx, community, [{ accountId: account.accountId, topic: number, to: made.number }]);
    },
  });
  return made ?? writtenBefore(call, outcome?.messageId);
}

/** A token for a form that writes: sent twice, it writes once. */
export function newForm(now: number): string {
  return newId(now);
}
