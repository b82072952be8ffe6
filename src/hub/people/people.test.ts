import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { keptJobs, testTools } from "#src/base/testing/jobs.ts";
import { openCamp, PASSWORD } from "../testing/camp.ts";
import { finishLeavings } from "./finish-leavings.ts";

const databases = await testDatabase();
const code = (reason: string): unknown => expect.objectContaining({ code: `hub.${reason}` });
const wish = { password: PASSWORD, acceptsRules: true } as const;

test("whoever joins becomes a member, and their coming is told like on any platform", async () => {
  const camp = await openCamp(databases);
  const anna = await camp.member("anna");
  const rows = await sql<{ name: string; kind: string; fact: string }>`
    select m.name, v.kind, f.kind as fact from members m
    join member_moves v on v.community_id = m.community_id and v.member_id = m.id
    join facts f on f.community_id = m.community_id and f.payload->>'memberId' = m.id::text
    where m.community_id = ${camp.community} and m.id = ${anna.memberId}`.execute(databases.owner);
  expect(rows.rows).toEqual([{ name: "anna", kind: "joined", fact: "member.joined" }]);
});

test("nobody takes another's name, in whatever case, nor another's address", async () => {
  const camp = await openCamp(databases);
  const { slug: community } = camp.facts;
  const first = camp.guest();
  await first.api.people.join({ community, ...wish, name: "Алёна", email: "a@camp.example" });
  const again = (name: string, email: string) => camp.guest().api.people.join({ community, ...wish, name, email });
  await expect(again("алена", "b@camp.example")).rejects.toEqual(code("name-taken"));
  await expect(again("boris", "A@camp.example")).rejects.toEqual(code("email-taken"));
});

test("a password that fits signs in, one that does not says no more than that", async () => {
  const camp = await openCamp(databases);
  const { slug: community } = camp.facts;
  await camp.guest().api.people.join({ community, ...wish, name: "anna", email: "anna@camp.example" });
  const back = camp.guest();
  const no = { community, email: "anna@camp.example", password: "another password" };
  await expect(back.api.people.signIn(no)).rejects.toEqual(code("wrong-password"));
  await expect(back.api.people.signIn({ ...no, email: "nobody@camp.example" })).rejects.toEqual(code("wrong-password"));
  await back.api.people.signIn({ ...no, password: PASSWORD });
  expect((await back.api.people.hub({ community })).you?.name).toBe("anna");
  await back.api.people.signOut({ community });
  expect((await back.api.people.hub({ community })).you).toBeNull();
});

test("an invitation brings as many people as it was made for, and no one after it was taken back", async () => {
  const camp = await openCamp(databases, { joining: "invited", reading: "members" });
  const { slug: community } = camp.facts;
  const join = (name: string, invitation?: string) =>
    camp.guest().api.people.join({
      community,
      ...wish,
      name,
      email: `${name}@camp.example`,
      ...(invitation === undefined ? {} : { invitation }),
    });
  await expect(join("anna")).rejects.toEqual(code("invitation-needed"));
  const made = await camp.team.setUp.invite({ community, uses: 1 });
  const token = new URL(made.link).searchParams.get("invitation") ?? "";
  await join("boris", token);
  await expect(join("clara", token)).rejects.toEqual(code("invitation-over"));
  const other = await camp.team.setUp.invite({ community, uses: 5 });
  await camp.team.setUp.revokeInvitation({ community, invitationId: other.id });
  const gone = new URL(other.link).searchParams.get("invitation") ?? "";
  await expect(join("dora", gone)).rejects.toEqual(code("invitation-over"));
  await expect(camp.guest().api.topics.topics({ community })).rejects.toEqual(code("sign-in-first"));
});

test("a board for a group that follows a tag is there for people with that tag alone", async () => {
  const camp = await openCamp(databases);
  const { slug: community } = camp.facts;
  const [anna, boris] = [await camp.member("anna"), await camp.member("boris")];
  const tagId = "01900000-0000-7000-8000-000000000001";
  await sql`insert into member_tags (community_id, id, name, made_at) values (${camp.community}, ${tagId}, 'circle', now())`.execute(
    databases.owner,
  );
  await sql`insert into tagged_members (community_id, tag_id, member_id, tagged_at, tagged_by_name)
    values (${camp.community}, ${tagId}, ${anna.memberId}, now(), 'test')`.execute(databases.owner);
  const group = await camp.team.groups.make({ community, name: "Circle", tagId });
  const board = await camp.team.setUp.makeBoard({
    community,
    name: "Inner circle",
    access: "groups",
    groupIds: [group.id],
  });
  const { topic } = await anna.api.topics.openTopic({ community, boardId: board.id, title: "Among us", text: "Hush" });
  await expect(boris.api.topics.topic({ community, topic })).rejects.toEqual(code("no-such-topic"));
  await expect(boris.api.topics.reply({ community, topic, text: "Me too" })).rejects.toEqual(code("no-such-board"));
  expect((await boris.api.topics.topics({ community })).items).toEqual([]);
  expect((await camp.guest().api.topics.popular({ community })).items).toEqual([]);
  expect((await anna.api.topics.topics({ community })).items.map(({ title }) => title)).toEqual(["Among us"]);
});

test("whoever leaves without their name is named nowhere at what they wrote, and nothing opens their account", async () => {
  const camp = await openCamp(databases);
  const { slug: community } = camp.facts;
  const boris = await camp.member("boris");
  const wish = { community, boardId: camp.board, title: "So long", text: "And thanks" };
  const { topic } = await boris.api.topics.openTopic(wish);
  await sql`insert into hub_identities (community_id, platform, external_id, account_id, name, made_at)
    select community_id, 'discord', '7', id, 'b', now() from hub_accounts where community_id = ${camp.community}
      and member_id = ${boris.memberId}`.execute(databases.owner);
  await boris.send("/leave", { wrote: "unnamed" });
  await sql`update hub_accounts set grace_until = now() - interval '1 minute' where member_id = ${boris.memberId}`.execute(
    databases.owner,
  );
  const jobs = keptJobs();
  const tools = { ...testTools, databases, signal: new AbortController().signal };
  await finishLeavings.run({}, { ...tools, jobs });
  await jobs.work(tools);
  expect((await camp.guest().api.topics.topic({ community, topic })).author.name).toBe("A former member");
  expect((await camp.guest().page(`/people/${boris.memberId}`)).text).not.toContain("boris");
  const ways = sql`select 1 from hub_identities where community_id = ${camp.community}`;
  expect((await ways.execute(databases.owner)).rows).toEqual([]);
  await camp.member("boris");
});
