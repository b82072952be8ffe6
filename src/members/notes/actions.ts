import type { Actor } from "#src/accounts/call.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { cursorOf, type Page } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { countMembers } from "../tags/store.ts";
import type { Note } from "./model.ts";
import { insertNote, lockNote, markDeleted, readNotes, rewriteNote, type StoredNote } from "./store.ts";

const iso = (at: number): string => new Date(at).toISOString();

function noteOf({ id, text, writtenAt, writtenBy, writtenByName, editedAt }: StoredNote): Note {
  const by = { id: writtenBy, name: writtenByName };
  return { id, text, writtenAt: iso(writtenAt), writtenBy: by, editedAt: editedAt === null ? null : iso(editedAt) };
}

/** A page of the notes about a person, newest first. */
export async function listNotes(
  tx: Tx,
  community: CommunityId,
  { memberId, before, limit }: { memberId: string; before: string | undefined; limit: number },
): Promise<Page<Note>> {
  const found = await readNotes(tx, community, { memberId, before, limit: limit + 1 });
  const items = found.slice(0, limit).map(noteOf);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursorOf([last.id]) : null };
}

/** Writes a note about a member. Refuses a member who is not there. */
export async function writeNote(
  tx: Tx,
  community: CommunityId,
  { memberId, text, by, now }: { memberId: string; text: string; by: Actor; now: number },
): Promise<Note> {
  if ((await countMembers(tx, community, [memberId])) === 0) return refuse("not-found", "members.unknown");
  const made = await insertNote(tx, community, { id: newId(now), memberId, text, by, now });
  return made === undefined ? refuse("not-found", "members.unknown") : noteOf(made);
}

/** A note that this person may change: their own, or anybody's for owners and admins. */
async function lockOwn(tx: Tx, community: CommunityId, { id, by }: { id: string; by: Actor }) {
  const note = await lockNote(tx, community, id);
  if (note === undefined) return refuse("not-found", "members.note-unknown");
  const mayAll = by.role === "owner" || by.role === "admin";
  return note.writtenBy === by.id || mayAll ? note : refuse("forbidden", "members.note-not-yours");
}

/** Gives a note another text. Refuses notes of others, except to owners and admins, and deleted ones. */
export async function editNote(
  tx: Tx,
  community: CommunityId,
  { id, text, by, now }: { id: string; text: string; by: Actor; now: number },
): Promise<Note> {
  const note = await lockOwn(tx, community, { id, by });
  if (note.isDeleted) return refuse("not-found", "members.note-unknown");
  const done = await rewriteNote(tx, community, { id, text, now });
  return done === undefined ? refuse("not-found", "members.note-unknown") : noteOf(done);
}

/** Deletes a note (`at` an instant) or brings it back (undefined), under the same rule as editing. */
export async function deleteNote(
  tx: Tx,
  community: CommunityId,
  { id, by, at }: { id: string; by: Actor; at: number | undefined },
): Promise<void> {
  await lockOwn(tx, community, { id, by });
  await markDeleted(tx, community, { id, at });
}
