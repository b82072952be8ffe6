import { expect, test } from "vitest";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { openCamp } from "../testing/camp.ts";

const databases = await testDatabase();
const camp = await openCamp(databases, { about: "Coffee at dawn" });
const { slug: community } = camp.facts;
const anna = await camp.member("anna");
const boris = await camp.member("boris");
const guest = camp.guest();

/** The value of a hidden field. */
function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "";
}

/** Opens a topic by the form alone and returns its address below the hub. */
async function byForm(title: string, text: string): Promise<string> {
  const { text: page } = await anna.page("/new");
  const board = /<option value="([^"]+)"/.exec(page)?.[1] ?? "";
  const sent = await anna.send("/new", {
    form: hidden(page, "form"),
    board,
    kind: "question",
    title,
    tags: "#Brewing, water",
    text,
  });
  expect(sent.status).toBe(303);
  return sent.location.replace(`/c/${community}`, "");
}

test("a member asks by the form alone, another answers, and whoever asked accepts it", async () => {
  const path = await byForm("Which water?", "Hard or soft?");
  expect(path).toMatch(/^\/t\/\d+-which-water$/);
  const open = await boris.page(path);
  const number = /\/t\/(\d+)/.exec(path)?.[1] ?? "";
  const answered = await boris.send(`/t/${number}/reply`, { form: hidden(open.text, "form"), text: "Soft." });
  expect(answered.location).toBe(`/c/${community}${path}#post-2`);
  await anna.send(`/t/${number}/answer`, { number: "2" });
  const { text } = await guest.page(path);
  expect(text).toContain("Accepted answer");
  expect(text).toContain("#brewing");
  expect(text).toContain(`<link rel="canonical" href="http://localhost/c/${community}${path}">`);
});

test("a guest is never shown what was: each change is on the next page they open", async () => {
  const path = await byForm("Fresh or kept?", "First text");
  const topic = Number(/\/t\/(\d+)/.exec(path)?.[1]);
  expect((await guest.page(path)).text).toContain("First text");
  expect((await guest.page("")).text).toContain("Fresh or kept?");
  await boris.api.topics.reply({ community, topic, text: "Second text" });
  expect((await guest.page(path)).text).toContain("Second text");
  expect((await guest.page("/topics")).text).toMatch(/Fresh or kept\?[\s\S]*?1 reply/);
  await boris.api.posts.edit({ community, topic, number: 2, text: "Third text", version: 1 });
  expect((await guest.page(path)).text).not.toContain("Second text");
  await boris.api.posts.react({ community, topic, number: 1, mark: "🎉", isOn: true });
  expect((await guest.page(path)).text).toContain("🎉 1");
  await camp.team.moderation.arrangeTopic({ community, topic, isClosed: true });
  expect((await guest.page(path)).text).toContain("This topic is closed");
  expect((await guest.page("/topics")).text).toContain("Closed");
  const board = (await camp.team.setUp.allBoards({ community })).items[0];
  await camp.team.setUp.changeBoard({ community, boardId: board?.id ?? "", access: "members" });
  expect((await guest.page(path)).status).toBe(404);
  expect((await guest.page("/topics")).text).not.toContain("Fresh or kept?");
  await camp.team.setUp.changeBoard({ community, boardId: board?.id ?? "", access: "everyone" });
});

test("an old address of a topic leads to its one address, and that of a deleted topic says that it is gone", async () => {
  const path = await byForm("Going soon", "Text");
  const number = /\/t\/(\d+)/.exec(path)?.[1] ?? "";
  expect(await guest.page(`/t/${number}-another-title`)).toMatchObject({
    status: 301,
    location: `/c/${community}${path}`,
  });
  await anna.send(`/t/${number}/p/1/delete`, {});
  expect((await guest.page(path)).status).toBe(410);
  expect((await guest.page("/t/999999")).status).toBe(404);
});

test("what a form does not take is said in the reader's words, and a page that is not there is a page", async () => {
  const joined = await guest.send("/join", { name: "a b", email: "nowhere", password: "short" });
  expect(joined.status).toBe(400);
  for (const line of ["Name: 2 to 30 letters", "E-mail: the whole address", "Password: 12 ", "Rules: tick the box"])
    expect(joined.text).toContain(`<li>${line}`);
  expect(joined.text).not.toMatch(/regex|other value/);
  const lost = await guest.page("/nothing/here");
  expect(lost.status).toBe(404);
  expect(lost.text).toContain("hub.no-such-page");
});

test("what was typed is never lost: not by a refusal, not by a preview, not by an edit that came too late", async () => {
  const short = await anna.send("/new", {
    form: newId(0),
    board: camp.board,
    kind: "question",
    title: "x",
    tags: "",
    text: "Typed <b>with care</b>",
  });
  expect(short.status).toBe(400);
  expect(short.text).toContain("Typed &lt;b&gt;with care&lt;/b&gt;</textarea>");
  const shown = await anna.send("/new", {
    form: newId(0),
    board: camp.board,
    kind: "question",
    title: "Title",
    tags: "",
    text: "Seen **before**",
    deed: "preview",
  });
  expect(shown.text).toContain("<strong>before</strong>");
  expect(shown.text).toContain("Seen **before**</textarea>");
  const path = await byForm("Two windows", "Start");
  const number = /\/t\/(\d+)/.exec(path)?.[1] ?? "";
  const version = hidden((await anna.page(`/t/${number}/p/1/edit`)).text, "version");
  await anna.send(`/t/${number}/p/1/edit`, { version, title: "Two windows", text: "First window" });
  const late = await anna.send(`/t/${number}/p/1/edit`, { version, title: "Two windows", text: "Second window" });
  expect(late).toMatchObject({ status: 409 });
  expect(late.text).toContain("Second window</textarea>");
  expect(late.text).toMatch(/<pre[^>]*>First window<\/pre>/);
  // Having seen both, they may save theirs.
  expect(hidden(late.text, "version")).toBe("2");
});

test("a reader finds what is new to them, and reading takes the mark away", async () => {
  const path = await byForm("News here", "One");
  const topic = Number(/\/t\/(\d+)/.exec(path)?.[1]);
  await boris.page(path);
  await anna.api.topics.reply({ community, topic, text: "Two" });
  expect((await boris.page("/topics")).text).toMatch(/News here[\s\S]{0,200}1 new/);
  await boris.page(path);
  expect((await boris.page("/topics")).text).not.toContain("1 new");
});

test("nothing that members type becomes markup: names, titles, tags and texts", async () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
  const path = await byForm(hostile, hostile);
  for (const where of [path, "", "/topics"]) {
    const { text } = await guest.page(where);
    expect(text).not.toContain("<script>alert");
    expect(text).not.toMatch(/<img[^>]+onerror/);
  }
});

test("a form that leads on after signing in stays in this hub", async () => {
  for (const to of ["https://evil.example/", "//evil.example", "/console", "javascript:alert(1)", `/c/${community}x`]) {
    const { text } = await guest.page(`/sign-in?to=${encodeURIComponent(to)}`);
    expect(hidden(text, "to")).toBe(`/c/${community}`);
  }
});

test("a hub for members shows a stranger nothing but the door", async () => {
  const closed = await openCamp(databases, { reading: "members" });
  const member = await closed.member("clara");
  const { topic } = await member.api.topics.openTopic({
    community: closed.facts.slug,
    boardId: closed.board,
    title: "Secret",
    text: "Hush",
  });
  for (const path of ["", "/topics", `/t/${topic}`, `/t/${topic}-secret`, `/people/${member.memberId}`]) {
    const { status, text } = await closed.guest().page(path);
    expect(status).toBe(401);
    expect(text).not.toMatch(/Secret|Hush|clara/);
  }
});

test("a moderator who never wrote here is offered what moderators do with a post", async () => {
  const path = await byForm("Buy my beans", "Cheap");
  expect((await camp.staff("vera").page(path)).text).toContain("/p/1/delete");
  expect((await boris.page(path)).text).not.toContain("/p/1/delete");
});
