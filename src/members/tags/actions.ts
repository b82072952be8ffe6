import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { append } from "#src/log/append.ts";
import { MOST_TAGS, type Tag } from "./model.ts";
import {
  areTags,
  countMembers,
  countTags,
  deletedTagName,
  insertTag,
  markTag,
  putTags,
  tagNamed,
  type Tagging,
  takeTags,
  updateTag,
} from "./store.ts";

/** Makes a tag, or answers the one that bears the name already. Refuses more than `MOST_TAGS`. */
export async function makeTag(
  tx: Tx,
  community: CommunityId,
  { name, now }: { name: string; now: number },
): Promise<Tag> {
  const known = await tagNamed(tx, community, name);
  if (known !== undefined) return known;
  if ((await countTags(tx, community)) >= MOST_TAGS)
    return refuse("conflict", "members.tags-full", { most: MOST_TAGS });
  const made = await insertTag(tx, community, { id: newId(now), name, now });
  return made ?? (await tagNamed(tx, community, name)) ?? refuse("conflict", "members.tag-name-taken");
}

/** Gives a tag another name. Refuses one that another tag bears. */
export async function renameTag(tx: Tx, community: CommunityId, tag: Tag): Promise<Tag> {
  const other = await tagNamed(tx, community, tag.name);
  if (other !== undefined && other.id !== tag.id) return refuse("conflict", "members.tag-name-taken");
  if (!(await updateTag(tx, community, tag))) return refuse("not-found", "members.tag-unknown");
  return tag;
}

async function tell(tx: Tx, community: CommunityId, tagged: { memberIds: readonly string[]; now: number }) {
  const { memberIds, now } = tagged;
  const each = [...new Set(memberIds)];
  if (each.length === 0) return;
  await append(tx, community, [{ kind: "members.tagged", happenedAt: now, payload: { memberIds: each } }]);
}

/** Deletes a tag, which nobody bears any more; answers how many bore it. */
export async function deleteTag(
  tx: Tx,
  community: CommunityId,
  { id, now }: { id: string; now: number },
): Promise<number> {
  const deleted = await markTag(tx, community, { id, at: now });
  if (deleted === undefined) return refuse("not-found", "members.tag-unknown");
  await tell(tx, community, { memberIds: deleted.memberIds, now });
  return deleted.memberIds.length;
}

/** Brings a deleted tag back to everybody who bore it. Refuses when another has taken its name meanwhile. */
export async function restoreTag(
  tx: Tx,
  community: CommunityId,
  { id, now }: { id: string; now: number },
): Promise<Tag> {
  const name = await deletedTagName(tx, community, id);
  if (name === undefined) return refuse("not-found", "members.tag-unknown");
  if ((await tagNamed(tx, community, name)) !== undefined) return refuse("conflict", "members.tag-name-taken");
  const restored = await markTag(tx, community, { id, at: undefined });
  await tell(tx, community, { memberIds: restored?.memberIds ?? [], now });
  return { id, name };
}

/** Which tags are put on people and which are taken off them. */
export interface TagWish extends Omit<Tagging, "tagIds"> {
  readonly put: readonly string[];
  readonly take: readonly string[];
}

/** Which tags are now borne, and no longer borne, by whom: the same wish the other way round undoes it. */
export interface TagOutcome {
  readonly put: readonly { memberId: string; tagId: string }[];
  readonly taken: readonly { memberId: string; tagId: string }[];
}

/** Puts tags on people and takes others off them. Refuses all when a person or a tag is not there. */
export async function tagMembers(tx: Tx, community: CommunityId, wish: TagWish): Promise<TagOutcome> {
  const { put, take, memberIds, now } = wish;
  if (!(await areTags(tx, community, [...put, ...take]))) return refuse("not-found", "members.tag-unknown");
  const missing = new Set(memberIds).size - (await countMembers(tx, community, memberIds));
  if (missing > 0) return refuse("not-found", "members.some-unknown", { count: missing });
  const taken = await takeTags(tx, community, { memberIds, tagIds: take });
  const added = await putTags(tx, community, { ...wish, tagIds: put });
  await tell(tx, community, { memberIds: [...taken, ...added].map((each) => each.memberId), now });
  return { put: added, taken };
}
