import { z } from "zod";
import { type Page, pageOf, readCursor } from "#src/base/paging.ts";
import { type HubCall, ownAccount, seenBoard, seenBoards } from "../call.ts";
import { accountOf } from "../model.ts";
import { followBoard, followsBoard } from "./boards.ts";
import { type Notice, type NoticeKey, NOTICES_A_PAGE } from "./kinds.ts";
import { noticesOf, readNotices } from "./shown.ts";

/** What part of one's notices is asked for. */
export interface NoticeList {
  readonly unreadOnly: boolean;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/** The notices of whoever calls, the latest first. */
export async function listNotices(call: HubCall, ask: NoticeList): Promise<Page<Notice>> {
  const { accountId } = ownAccount(call);
  const limit = ask.limit ?? NOTICES_A_PAGE;
  const after = readCursor(ask.after, z.tuple([z.number(), z.string(), z.int(), z.int()]));
  const boardIds = seenBoards(call).map(({ id }) => id);
  const wanted = { accountId, boardIds, unreadOnly: ask.unreadOnly, after, limit: limit + 1 };
  const rows = await call.run((tx) => noticesOf(tx, call.community, wanted));
  return pageOf(rows, limit, ({ at, kind, topic, number }) => [Date.parse(at), kind, topic, number]);
}

/** Marks one's notice as read, or without a key all of them. */
export async function readOwnNotices(call: HubCall, key: NoticeKey | undefined): Promise<void> {
  const { accountId } = ownAccount(call);
  await call.run((tx) => readNotices(tx, call.community, { accountId, key, at: call.now() }));
}

/** Notes whether whoever calls wants to hear of new topics in a board. */
export async function follow(call: HubCall, wish: { boardId: string; isOn: boolean }): Promise<void> {
  const { accountId } = ownAccount(call);
  const { id: boardId } = seenBoard(call, wish.boardId);
  await call.run((tx) => followBoard(tx, call.community, { boardId, accountId, isOn: wish.isOn }));
}

/** Whether whoever calls does; undefined for those without an account. */
export async function isFollowing(call: HubCall, boardId: string): Promise<boolean | undefined> {
  const account = accountOf(call.visitor);
  if (account === undefined) return undefined;
  return followsBoard(call.databases.planned, call.community, { boardId, accountId: account.accountId });
}
