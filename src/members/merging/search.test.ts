import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { NOW, village, type Person, type Village } from "../testing/people.ts";
import { runSearch, type SearchTools } from "./search.ts";
import { askForSearch, communitiesToSearch } from "./search-store.ts";

const databases = await testDatabase();

const people: Person[] = [
  { name: "Ярослав Щебетанко", username: "shchebet", externalId: "t1", messages: 6 },
  { name: "Yaroslav Shchebetanko", externalId: "d1", messages: 5, platform: "discord" },
  { name: "lapwing", externalId: "t2", text: "hello! my discord is dusky_owl" },
  { name: "owl", username: "dusky_owl", externalId: "d2", platform: "discord" },
  { name: "Иван Попов", externalId: "t3" },
  { name: "Ivan Popov", externalId: "d3", platform: "discord" },
  { name: "Пётр Попов", externalId: "t4" },
  { name: "Ivan Petrov", externalId: "d4", platform: "discord" },
];

const tools = (signal = new AbortController().signal): SearchTools => ({ databases, signal, now: () => NOW });

async function searched(): Promise<Village> {
  const town = await village(databases, people);
  await askForSearch(databases.owner, town.community, NOW);
  await runSearch(tools(), town.community);
  return town;
}

const listOf = (town: Village, dismissed = false) =>
  town.as("analyst").suggestions({ community: town.slug, dismissed });
const named = ({
  people: [one, other],
}: {
  people: readonly { name: string }[] & { 0: { name: string }; 1: { name: string } };
}) => [one.name, other.name].toSorted();

test("a search finds people across platforms, with reasons, and says how it went", async () => {
  const town = await searched();
  const { items, waiting } = await listOf(town);
  expect(waiting).toBe(items.length);
  const pairs = items.map(named);
  expect(pairs).toContainEqual(["Yaroslav Shchebetanko", "Ярослав Щебетанко"]);
  expect(pairs).toContainEqual(["lapwing", "owl"]);
  const said = items.find((item) => named(item)[0] === "lapwing")?.reasons ?? [];
  expect(said.map((reason) => reason.kind)).toContain("says-so");
  const state = await town.as("analyst").search({ community: town.slug });
  expect(state).toMatchObject({ status: "done", share: 1, accounts: 8, found: items.length, platforms: 2 });
});

test("accepting merges the two with the reasons written down; undoing lets it wait again", async () => {
  const town = await searched();
  const first = (await listOf(town)).items[0];
  if (first === undefined) throw new Error("nothing was suggested");
  const owner = town.as("owner");
  const ask = { community: town.slug, suggestion: first.id, intoId: first.people[0].id };
  const outcome = await owner.acceptSuggestion(ask);
  expect(outcome.personId).toBe(first.people[0].id);
  expect((await listOf(town)).items.map((item) => item.id)).not.toContain(first.id);
  const history = await owner.listMerges({ community: town.slug, member: outcome.personId });
  expect(history.items[0]).toMatchObject({ separatedAt: null, evidence: first.reasons });
  expect(history.items[0]?.member.accounts).toHaveLength(1);
  await owner.separate({ community: town.slug, merge: outcome.mergeId });
  expect((await listOf(town)).items.map((item) => item.id)).toContain(first.id);
  expect(
    (await owner.listMerges({ community: town.slug, member: outcome.personId })).items[0]?.separatedBy,
  ).not.toBeNull();
});

test("what was dismissed is not suggested again, unless it is opened again", async () => {
  const town = await searched();
  const first = (await listOf(town)).items[0];
  if (first === undefined) throw new Error("nothing was suggested");
  const owner = town.as("owner");
  const ask = { community: town.slug, suggestion: first.id };
  await owner.dismissSuggestion(ask);
  await askForSearch(databases.owner, town.community, NOW);
  await runSearch(tools(), town.community);
  expect((await listOf(town)).items.map(named)).not.toContainEqual(named(first));
  const no = await listOf(town, true);
  expect(no.items.map((item) => item.id)).toEqual([first.id]);
  expect(no.items[0]?.dismissedBy).not.toBeNull();
  await owner.reopenSuggestion(ask);
  expect((await listOf(town)).items.map((item) => item.id)).toContain(first.id);
});

test("somebody dismissed stays so when one of the two becomes part of another", async () => {
  const town = await searched();
  const pair = (await listOf(town)).items.find((item) => named(item)[1] === "Ярослав Щебетанко");
  if (pair === undefined) throw new Error("not suggested");
  const owner = town.as("owner");
  await owner.dismissSuggestion({ community: town.slug, suggestion: pair.id });
  const russian = pair.people.find((person) => person.name === "Ярослав Щебетанко");
  const other = await town.idOf("Пётр Попов");
  await owner.merge({ community: town.slug, memberId: russian?.id ?? "", intoId: other });
  await askForSearch(databases.owner, town.community, NOW);
  await runSearch(tools(), town.community);
  expect((await listOf(town)).items.map(named).flat()).not.toContain("Yaroslav Shchebetanko");
});

test("what a new search finds again is the same suggestion, and what it does not find is gone", async () => {
  const town = await searched();
  const before = (await listOf(town)).items;
  await sql`update identities set name = 'somebody else', username = null
    where community_id = ${town.community} and external_id = 'd2'`.execute(databases.owner);
  await askForSearch(databases.owner, town.community, NOW);
  await runSearch(tools(), town.community);
  const kept = before.filter((item) => named(item)[0] !== "lapwing").map((item) => item.id);
  expect((await listOf(town)).items.map((item) => item.id)).toEqual(kept);
});

test("suggestions come page after page, each once", async () => {
  const town = await searched();
  const whole = await listOf(town);
  const first = await town.as("analyst").suggestions({ community: town.slug, limit: 1 });
  const second = await town.as("analyst").suggestions({ community: town.slug, limit: 1, after: first.next ?? "" });
  expect([...first.items, ...second.items].map((item) => item.id)).toEqual(
    whole.items.slice(0, 2).map((item) => item.id),
  );
  expect(second.waiting).toBeNull();
});

test("a search that is stopped leaves what was suggested before, and one that died is taken up", async () => {
  const town = await searched();
  const before = (await listOf(town)).items.map((item) => item.id);
  const owner = town.as("owner");
  await askForSearch(databases.owner, town.community, NOW);
  await owner.stopSearch({ community: town.slug });
  await runSearch(tools(), town.community);
  expect((await listOf(town)).items.map((item) => item.id)).toEqual(before);
  expect((await owner.search({ community: town.slug })).status).toBe("cancelled");
  await expect(owner.stopSearch({ community: town.slug })).rejects.toThrow("members.no-search");
  await askForSearch(databases.owner, town.community, NOW);
  const ended = new AbortController();
  ended.abort();
  await runSearch(tools(ended.signal), town.community);
  expect((await owner.search({ community: town.slug })).status).toBe("waiting");
  expect((await communitiesToSearch(databases.owner)).map((each) => each.id)).toContain(town.community);
  await runSearch(tools(), town.community);
  expect((await owner.search({ community: town.slug })).status).toBe("done");
});

test("after an import of a second platform a search runs by itself, and of one platform none", async () => {
  const town = await village(
    databases,
    people.filter((person) => person.platform === undefined),
  );
  const due = async () => (await communitiesToSearch(databases.owner)).map((each) => each.id);
  expect(await due()).not.toContain(town.community);
  await town.write(people.filter((person) => person.platform === "discord"));
  expect(await due()).toContain(town.community);
  await askForSearch(databases.owner, town.community, NOW + 1000);
  await runSearch({ ...tools(), now: () => NOW + 2000 }, town.community);
  expect(await due()).not.toContain(town.community);
});

test("bots are nobody's other account", async () => {
  const town = await village(databases, [
    { name: "Ярослав Щебетанко", externalId: "t1" },
    { name: "Yaroslav Shchebetanko", externalId: "d1", platform: "discord", kind: "bot" },
  ]);
  await askForSearch(databases.owner, town.community, NOW);
  await runSearch(tools(), town.community);
  expect((await listOf(town)).items).toEqual([]);
  const kept = await sql`select from member_suggestions where community_id = ${town.community}`.execute(
    databases.owner,
  );
  expect(kept.rows).toEqual([]);
});
