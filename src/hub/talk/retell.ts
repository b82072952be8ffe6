import type { CommunityCall } from "#src/accounts/call.ts";
import { newId } from "#src/base/ids.ts";
import type { Tx } from "#src/base/database.ts";
import type { Edited } from "#src/platforms/live/updates.ts";
import type { TopicKind } from "../model.ts";
import { writerOf } from "../store/accounts.ts";
import type { HeldPost } from "../store/posts.ts";
import { authorOf } from "./live.ts";
import { messageOf, typedText } from "./text.ts";

/** A message that reads otherwise because its post became the first of a topic, or is it no longer. */
export type Retold = Edited;

/** A post and what it shall be: the first of a topic of this title, or, without one, a reply. */
export interface Retelling {
  readonly post: HeldPost;
  readonly opens: { readonly title: string; readonly kind: TopicKind } | undefined;
}

/**
 * The edit by which a message takes on the title of its topic, or loses it. Undefined when whoever wrote it has no account
 * in the hub any more: nobody could be named as its author.
 */
export async function retold(tx: Tx, call: CommunityCall, { post, opens }: Retelling): Promise<Retold | undefined> {
  const writer = await writerOf(tx, call.community, post);
  if (writer === undefined) return undefined;
  const at = call.now();
  const { spaceExternalId, externalId } = post;
  const source = typedText(post.text, post.number);
  const place = { spaceExternalId, externalId, sentAt: post.sentAt.getTime() };
  const message = messageOf({ ...place, author: authorOf(writer, writer.isTeam), source, opens });
  return { kind: "edited", receipt: `move ${newId(at)}`, spaces: [], message: { ...message, editedAt: at } };
}
