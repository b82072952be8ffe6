import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { noJobs, testTools } from "#src/base/testing/jobs.ts";
import { append } from "#src/log/append.ts";
import { purgeMembers } from "../jobs.ts";
import { NOW, village } from "../testing/people.ts";

const databases = await testDatabase();

test("a note says who wrote it and when, is changed, deleted, and brought back", async () => {
  const place = await village(databases, [{ name: "Anna" }]);
  const client = place.as("moderator");
  const member = await place.idOf("Anna");
  const note = await client.writeNote({ community: place.slug, member, text: "  Wants to help with the meetup  " });
  expect(note).toMatchObject({ text: "Wants to help with the meetup", editedAt: null });
  expect(note.writtenBy.name).not.toBe("");
  await client.editNote({ community: place.slug, note: note.id, text: "Helps with the meetup" });
  const texts = async () => (await client.notes({ community: place.slug, member })).items.map((each) => each.text);
  expect(await texts()).toEqual(["Helps with the meetup"]);
  await client.deleteNote({ community: place.slug, note: note.id });
  expect(await texts()).toEqual([]);
  await client.restoreNote({ community: place.slug, note: note.id });
  expect(await texts()).toEqual(["Helps with the meetup"]);
});

test("notes come newest first, page by page", async () => {
  const place = await village(databases, [{ name: "Anna" }]);
  const client = place.as("owner");
  const member = await place.idOf("Anna");
  for (const text of ["1", "2", "3"]) await client.writeNote({ community: place.slug, member, text });
  const first = await client.notes({ community: place.slug, member, limit: 2 });
  const second = await client.notes({ community: place.slug, member, limit: 2, after: first.next ?? "" });
  expect([...first.items, ...second.items].map((note) => note.text).toSorted()).toEqual(["1", "2", "3"]);
  expect(second.next).toBeNull();
});

test("the note of another is changed by owners and admins alone", async () => {
  const place = await village(databases, [{ name: "Anna" }]);
  const member = await place.idOf("Anna");
  const note = await place.as("admin").writeNote({ community: place.slug, member, text: "Mine" });
  const change = place.as("moderator").editNote({ community: place.slug, note: note.id, text: "Yours" });
  await expect(change).rejects.toMatchObject({ code: "members.note-not-yours" });
  const removal = place.as("moderator").deleteNote({ community: place.slug, note: note.id });
  await expect(removal).rejects.toMatchObject({ code: "members.note-not-yours" });
  await place.as("owner").editNote({ community: place.slug, note: note.id, text: "Ours" });
});

test("notes about members of another community cannot be written, read or touched", async () => {
  const [ours, theirs] = [await village(databases, [{ name: "Anna" }]), await village(databases, [{ name: "Secret" }])];
  const secret = await theirs.idOf("Secret");
  const note = await theirs.as("owner").writeNote({ community: theirs.slug, member: secret, text: "Hidden" });
  const client = ours.as("owner");
  expect((await client.notes({ community: ours.slug, member: secret })).items).toEqual([]);
  const written = client.writeNote({ community: ours.slug, member: secret, text: "x" });
  await expect(written).rejects.toMatchObject({ code: "members.unknown" });
  const touched = client.deleteNote({ community: ours.slug, note: note.id });
  await expect(touched).rejects.toMatchObject({ code: "members.note-unknown" });
});

test("notes about somebody and their tags go when they are erased", async () => {
  const place = await village(databases, [{ name: "Anna" }, { name: "Boris" }]);
  const client = place.as("owner");
  const [anna, boris] = [await place.idOf("Anna"), await place.idOf("Boris")];
  const { id: tag } = await client.makeTag({ community: place.slug, name: "VIP" });
  await client.tag({ community: place.slug, memberIds: [anna, boris], put: [tag] });
  for (const member of [anna, boris]) await client.writeNote({ community: place.slug, member, text: "A note" });
  await databases.asOwner((tx) =>
    append(tx, place.community, [{ kind: "member.erased", happenedAt: NOW, payload: { memberIds: [anna], links: 0 } }]),
  );
  await place.read();
  const notes = async (member: string) => (await client.notes({ community: place.slug, member })).items.length;
  expect([await notes(anna), await notes(boris)]).toEqual([0, 1]);
  expect((await client.tags({ community: place.slug })).items).toMatchObject([{ name: "VIP", members: 1 }]);
});

test("what was deleted a month ago is gone for good", async () => {
  const place = await village(databases, [{ name: "Anna" }]);
  const client = place.as("owner");
  const member = await place.idOf("Anna");
  const note = await client.writeNote({ community: place.slug, member, text: "Old" });
  await client.deleteNote({ community: place.slug, note: note.id });
  const purge = (now: number) =>
    purgeMembers.run(
      {},
      { ...testTools, databases, jobs: noJobs, now: () => now, signal: new AbortController().signal },
    );
  await purge(NOW + 29 * 86_400_000);
  await client.restoreNote({ community: place.slug, note: note.id });
  await client.deleteNote({ community: place.slug, note: note.id });
  await purge(NOW + 31 * 86_400_000);
  const back = client.restoreNote({ community: place.slug, note: note.id });
  await expect(back).rejects.toMatchObject({ code: "members.note-unknown" });
});
