import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { openCamp } from "../testing/camp.ts";

const databases = await testDatabase();
const camp = await openCamp(databases);
const { slug: community } = camp.facts;
const anna = await camp.member("Алёна");
const boris = await camp.member("boris");
const guest = camp.guest();
const code = (reason: string): unknown => expect.objectContaining({ code: `hub.${reason}` });
const wish = { community, boardId: camp.board, title: "Which water?", text: "Soft water, surely" };
const { topic } = await anna.api.topics.openTopic(wish);

test("what a member wrote is gathered for those they chose, and stays where it was written for everybody", async () => {
  const { memberId } = anna;
  const seenBy = async (who: typeof guest) => {
    const { posts } = await who.api.people.member({ community, memberId });
    const topics = (await who.api.topics.topics({ community, author: memberId })).items.length;
    const page = (await who.page(`/people/${memberId}`)).text;
    const isOnPage = page.includes("Which water?") && page.includes("Soft water, surely");
    return { posts, topics, isOnPage };
  };
  const all = { posts: 1, topics: 1, isOnPage: true };
  const none = { posts: null, topics: 0, isOnPage: false };
  expect(await seenBy(guest)).toEqual(all);
  await anna.send("/me/privacy", { activity: "members", isListed: "yes" });
  expect([await seenBy(guest), await seenBy(boris)]).toEqual([none, all]);
  await anna.send("/me/privacy", { activity: "nobody", isListed: "yes" });
  expect([await seenBy(boris), await seenBy(anna), await seenBy(camp.staff("vera"))]).toEqual([none, all, all]);
  expect((await guest.api.topics.topic({ community, topic })).title).toBe("Which water?");
  await expect(boris.api.search.search({ community, typed: "water", author: memberId })).resolves.toMatchObject({
    items: [],
  });
});

test("there is no list of members before the team opens one, and it names whoever wishes to be named", async () => {
  await expect(boris.api.people.people({ community })).rejects.toEqual(code("no-directory"));
  const found = await boris.page("/search?q=boris");
  expect([found.status, found.text.includes("/people/")]).toEqual([200, false]);
  await camp.team.setUp.change({ community, directory: "members" });
  await expect(guest.api.people.people({ community })).rejects.toEqual(code("sign-in-first"));
  const first = await boris.api.people.people({ community, limit: 1 });
  const rest = await boris.api.people.people({ community, limit: 1, after: first.next ?? "" });
  expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(["boris", "Алёна"]);
  expect(rest.next).toBeNull();
  expect((await boris.api.people.people({ community, typed: "АЛЕ" })).items.map(({ name }) => name)).toEqual(["Алёна"]);
  expect((await boris.page("/search?q=@але")).text).toContain(`/people/${anna.memberId}`);
  await anna.send("/me/privacy", { activity: "everyone" });
  expect((await boris.api.people.people({ community, typed: "але" })).items).toEqual([]);
  const clara = await camp.member("clara");
  await clara.api.people.leave({ community });
  expect((await boris.page("/people?q=clara")).text).toContain("Nobody here has a name that begins like that.");
});
