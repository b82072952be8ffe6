import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { village } from "../testing/people.ts";

const databases = await testDatabase();

test("tags are put on many people at once, shown with them and filtered by", async () => {
  const place = await village(databases, [{ name: "Anna" }, { name: "Boris" }, { name: "Vera" }]);
  const client = place.as("moderator");
  const { id: vip } = await client.makeTag({ community: place.slug, name: "VIP" });
  const { id: beta } = await client.makeTag({ community: place.slug, name: "бета" });
  const memberIds = [await place.idOf("Anna"), await place.idOf("Boris")];
  await client.tag({ community: place.slug, memberIds, put: [vip] });
  await client.tag({ community: place.slug, memberIds: [await place.idOf("Vera")], put: [beta] });
  const { items } = await client.list({ community: place.slug, tag: [vip], sort: "name" });
  expect(items.map((item) => [item.name, item.tags.map((tag) => tag.name)])).toEqual([
    ["Anna", ["VIP"]],
    ["Boris", ["VIP"]],
  ]);
  expect((await client.list({ community: place.slug, tag: [vip, beta] })).total?.count).toBe(3);
  const listed = await client.tags({ community: place.slug });
  expect(listed.items.map(({ name, members }) => [name, members])).toEqual([
    ["VIP", 2],
    ["бета", 1],
  ]);
});

test("what tagging answers, the other way round, undoes it", async () => {
  const place = await village(databases, [{ name: "Anna" }, { name: "Boris" }]);
  const client = place.as("owner");
  const { id: tag } = await client.makeTag({ community: place.slug, name: "VIP" });
  const [anna, boris] = [await place.idOf("Anna"), await place.idOf("Boris")];
  await client.tag({ community: place.slug, memberIds: [anna], put: [tag] });
  const outcome = await client.tag({ community: place.slug, memberIds: [anna, boris], put: [tag] });
  expect(outcome).toEqual({ put: [{ memberId: boris, tagId: tag }], taken: [] });
});

test("a tag exists once whatever the case, keeps its bearers under a new name and leaves them when deleted", async () => {
  const place = await village(databases, [{ name: "Anna" }]);
  const client = place.as("owner");
  const made = await client.makeTag({ community: place.slug, name: "Друг" });
  expect(await client.makeTag({ community: place.slug, name: "друг" })).toEqual(made);
  await client.tag({ community: place.slug, memberIds: [await place.idOf("Anna")], put: [made.id] });
  await client.renameTag({ community: place.slug, tag: made.id, name: "Подруга" });
  const tags = async () => (await client.list({ community: place.slug })).items[0]?.tags.map((tag) => tag.name);
  expect(await tags()).toEqual(["Подруга"]);
  expect(await client.deleteTag({ community: place.slug, tag: made.id })).toEqual({ takenOff: 1 });
  expect(await tags()).toEqual([]);
});

test("a deleted tag comes back to everybody who bore it, unless its name is taken meanwhile", async () => {
  const place = await village(databases, [{ name: "Anna" }, { name: "Boris" }]);
  const client = place.as("moderator");
  const community = place.slug;
  const { id: tag } = await client.makeTag({ community, name: "VIP" });
  await client.tag({ community, memberIds: [await place.idOf("Anna")], put: [tag] });
  await client.deleteTag({ community, tag });
  expect((await client.tags({ community })).items).toEqual([]);
  expect((await client.list({ community, tag: [tag] })).items).toEqual([]);
  const putOn = client.tag({ community, memberIds: [await place.idOf("Boris")], put: [tag] });
  await expect(putOn).rejects.toMatchObject({ code: "members.tag-unknown" });
  expect(await client.restoreTag({ community, tag })).toEqual({ id: tag, name: "VIP" });
  const bearers = await client.list({ community, tag: [tag] });
  expect(bearers.items.map((item) => [item.name, item.tags.map(({ name }) => name)])).toEqual([["Anna", ["VIP"]]]);
  await client.deleteTag({ community, tag });
  await client.makeTag({ community, name: "vip" });
  await expect(client.restoreTag({ community, tag })).rejects.toMatchObject({ code: "members.tag-name-taken" });
});

test("tags of somebody merged are tags of the person, and go with them when separated", async () => {
  const place = await village(databases, [{ name: "Anna" }, { name: "Annie" }]);
  const client = place.as("owner");
  const { id: tag } = await client.makeTag({ community: place.slug, name: "VIP" });
  const [anna, annie] = [await place.idOf("Anna"), await place.idOf("Annie")];
  await client.tag({ community: place.slug, memberIds: [annie], put: [tag] });
  const { mergeId } = await client.merge({ community: place.slug, memberId: annie, intoId: anna });
  await place.renew();
  const found = await client.list({ community: place.slug, tag: [tag] });
  expect(found.items.map((item) => [item.name, item.tags.map(({ name }) => name)])).toEqual([["Anna", ["VIP"]]]);
  await client.separate({ community: place.slug, merge: mergeId });
  await place.renew();
  const after = await client.list({ community: place.slug, tag: [tag] });
  expect(after.items.map((item) => item.name)).toEqual(["Annie"]);
});

test("people and tags of another community cannot be tagged or put on", async () => {
  const [ours, theirs] = [await village(databases, [{ name: "Anna" }]), await village(databases, [{ name: "Secret" }])];
  const client = ours.as("owner");
  const { id: tag } = await client.makeTag({ community: ours.slug, name: "VIP" });
  const { id: foreign } = await theirs.as("owner").makeTag({ community: theirs.slug, name: "Theirs" });
  const stranger = client.tag({ community: ours.slug, memberIds: [await theirs.idOf("Secret")], put: [tag] });
  await expect(stranger).rejects.toMatchObject({ code: "members.some-unknown" });
  const strange = client.tag({ community: ours.slug, memberIds: [await ours.idOf("Anna")], put: [foreign] });
  await expect(strange).rejects.toMatchObject({ code: "members.tag-unknown" });
});
