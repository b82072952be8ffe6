import { describe, expect, test } from "vitest";
import { discourse } from "./discourse.ts";
import { cutEverywhere, foundIn, harvestOf, sourceOf } from "./sample-source.ts";

const post = (number: number, more: object = {}) => ({
  id: 1000 + number,
  name: "Otter",
  username: "otter",
  created_at: `2024-05-0${number}T10:00:00.000Z`,
  cooked: "<p>hello</p>",
  post_number: number,
  post_type: 1,
  updated_at: "2024-05-09T10:00:00.000Z",
  reply_to_post_number: null,
  actions_summary: [{ id: 2, count: 3 }],
  topic_id: 7,
  topic_slug: "tents",
  version: 1,
  user_id: 5,
  deleted_at: null,
  ...more,
});

const topic = (posts: readonly unknown[], more: object = {}) =>
  JSON.stringify({
    post_stream: { posts, stream: [1001, 1002] },
    timeline_lookup: [[1, 0]],
    id: 7,
    title: "Which tents?",
    posts_count: posts.length,
    category_id: 3,
    archetype: "regular",
    ...more,
  });

const categories = JSON.stringify({
  category_list: { categories: [{ id: 2, name: "Camp", subcategory_list: [{ id: 3, name: "Gear" }] }] },
});

describe("a topic", () => {
  test("is a space inside its category, and its posts have their own numbers and times", async () => {
    const files = { "t7.json": topic([post(1), post(2)]), "categories.json": categories };
    const { messages, spaces } = await harvestOf(discourse, sourceOf(files));
    expect([...spaces.values()]).toEqual([
      { externalId: "category:3", name: "Gear", kind: "board" },
      { externalId: "7", name: "Which tents?", kind: "topic", parentExternalId: "category:3" },
    ]);
    expect(messages[0]).toMatchObject({
      spaceExternalId: "7",
      externalId: "1",
      sentAt: Date.UTC(2024, 4, 1, 10),
      author: { externalId: "5", name: "Otter", username: "otter", kind: "person" },
      text: "hello",
      reactions: [{ emoji: "❤️", count: 3 }],
    });
  });

  test("is answered by what is written in it, and a post by those who say so", async () => {
    const { messages } = await harvestOf(
      discourse,
      sourceOf({ "t7.json": topic([post(1), post(2), post(3, { reply_to_post_number: 2 })]) }),
    );
    expect(messages.map((message) => message.replyToExternalId)).toEqual([undefined, "1", "2"]);
  });

  test("keeps edits and reactions; robots of the forum are bots", async () => {
    const reactions = [
      { id: "heart", count: 1 },
      { id: "camp_fire", count: 2 },
    ];
    const posts = [post(1, { version: 2, reactions }), post(2, { user_id: -1, username: "system" })];
    const { messages } = await harvestOf(discourse, sourceOf({ "t7.json": topic(posts) }));
    expect(messages[0]).toMatchObject({
      editedAt: Date.UTC(2024, 4, 9, 10),
      reactions: [
        { emoji: "❤️", count: 1 },
        { emoji: ":camp_fire:", count: 2 },
      ],
    });
    expect(messages[1]?.author.kind).toBe("bot");
  });

  test("has words without markup, without the posts it quotes and without links to its own forum", async () => {
    const cooked = `<aside class="quote"><div>lynx:</div><blockquote><p>old words <a href="https://old.example">there</a></p></blockquote></aside>
      <p>See <a href="https://camp.example/map?a=1&amp;b=2">the map</a>, <a class="mention" href="/u/lynx">@lynx</a> &lt;3
      <img class="emoji" alt=":tent:" src="x"></p><ul><li>one</li><li>two?</li></ul>`;
    const raw = '[quote="lynx, post:1, topic:7"]\nold words\n[/quote]\n\nBuy it at https://camp.example/x';
    const { messages } = await harvestOf(
      discourse,
      sourceOf({ "t7.json": topic([post(1, { cooked }), post(2, { raw })]) }),
    );
    expect(messages[0]?.text.replaceAll(/\s+/g, " ")).toBe("See the map, @lynx <3 :tent: one two?");
    expect(messages[0]?.links).toEqual([{ domain: "camp.example", url: "https://camp.example/map?a=1&b=2" }]);
    expect(messages[1]?.text).toBe("Buy it at https://camp.example/x");
  });

  test("leaves out what the team whispers, what was deleted, and what closing it wrote", async () => {
    const posts = [
      post(1, { post_type: 3, action_code: "closed.enabled" }),
      post(2, { post_type: 4 }),
      post(3, { deleted_at: "2024-05-04T00:00:00Z" }),
    ];
    const { messages, passedOver } = await harvestOf(discourse, sourceOf({ "t7.json": topic(posts) }));
    expect(messages).toEqual([]);
    expect(Object.fromEntries(passedOver)).toEqual({ "closed.enabled": 1, whisper: 1, deleted: 1 });
  });

  test("between chosen people is taken only when it is chosen", async () => {
    const files = {
      "a.json": topic([post(1)], { archetype: "private_message" }),
      "b.json": topic([post(1)], { id: 8 }),
    };
    const spaces = async (more = {}) => [...(await harvestOf(discourse, sourceOf(files), more)).spaces.keys()];
    expect(await spaces()).toEqual(["8"]);
    expect(await spaces({ spaces: ["7"] })).toEqual(["7"]);
    const found = await discourse.findSpaces?.(sourceOf(files), new AbortController().signal);
    expect(found?.map(({ externalId, isPrivate, messages }) => [externalId, isPrivate, messages]).toSorted()).toEqual([
      ["7", true, 1],
      ["8", false, 1],
    ]);
  });
});

const HEADER = "topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at\n";
const row = (url: string, more: { pm?: string; categories?: string; at?: string } = {}) =>
  `Which tents?,${more.categories ?? "Camp|Gear"},${more.pm ?? "No"},"two\nlines, ""quoted""",<p>x</p>,2,0,${url},${more.at ?? "2024-05-02 10:00:00 UTC"}\n`;
const settings = JSON.stringify({ badges: [{ id: 9 }], user: { id: 5, username: "otter", name: "Otter" } });

describe("a person's archive", () => {
  test("gives the same posts as the topic they stand in, by the person in the settings beside it", async () => {
    const files = { "user_archive.csv": HEADER + row("https://f.example/t/tents/7/2"), "preferences.json": settings };
    const { messages, spaces } = await harvestOf(discourse, sourceOf(files));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      spaceExternalId: "7",
      externalId: "2",
      sentAt: Date.UTC(2024, 4, 2, 10),
      author: { externalId: "5", name: "Otter", username: "otter" },
      text: 'two\nlines, "quoted"',
      reactions: [{ emoji: "❤️", count: 2 }],
    });
    expect(spaces.get("7")?.name).toBe("Which tents?");
  });

  test("without settings is by the person in its name", async () => {
    const name = "user_archive-lynx-240502-101112.csv";
    const { messages } = await harvestOf(
      discourse,
      sourceOf({ [name]: HEADER + row("https://f.example/t/tents/7/2") }),
    );
    expect(messages[0]?.author).toMatchObject({ externalId: "name:lynx", name: "lynx" });
  });

  test("leaves private messages out, in whatever language the forum calls them so", async () => {
    const rows = [
      row("https://f.example/t/a/1/1", { pm: "Yes" }),
      row("https://f.example/t/b/2/1", { pm: "Да", categories: "-" }),
      row("https://f.example/t/c/3/1", { pm: "Igen", categories: "-" }),
      row("https://f.example/t/d/4/1", { pm: "Нет", categories: "-" }),
    ];
    const { messages, passedOver } = await harvestOf(
      discourse,
      sourceOf({ "user_archive.csv": HEADER + rows.join("") }),
    );
    expect(messages.map((message) => message.spaceExternalId)).toEqual(["4"]);
    expect(passedOver.get("private message")).toBe(3);
  });
});

test("topics and archives bring the same wherever the stream is cut and wherever a reading goes on", async () => {
  const files = {
    "t7.json": topic([post(1, { cooked: "<p>«вече»</p>" }), post(2)]),
    "user_archive-lynx-240502-101112.csv":
      HEADER + row("https://f.example/t/tents/7/3") + row("https://f.example/t/tents/7/4"),
  };
  const whole = foundIn(await harvestOf(discourse, sourceOf(files)));
  expect(whole.messages).toHaveLength(4);
  await cutEverywhere(discourse, files, (how, found) => expect({ how, ...found }).toEqual({ how, ...whole }));
});

test("a hostile file costs its bad posts alone", async () => {
  const posts = [
    "no post",
    post(1, { post_number: "1" }),
    post(1, { created_at: "soon" }),
    post(1, { created_at: "1999-01-01T00:00:00Z" }),
    post(1, { user_id: "5" }),
    post(1, {
      cooked: `${"<a href=".repeat(3000)}${"<aside>".repeat(3000)}`,
      reactions: [null, { id: 5 }],
      actions_summary: 3,
    }),
    post(2, { cooked: "&#x110000;&#0;&bogus;</aside></aside><b>x", reply_to_post_number: "../1" }),
  ];
  const table = `${HEADER}a,b\n${row("ftp://nowhere")}${row("https://f.example/t/tents/7/9", { at: "soon" })}`;
  const files = { "t7.json": topic(posts, { title: "x".repeat(2000) }), "user_archive.csv": table };
  const { messages, skipped, spaces } = await harvestOf(discourse, sourceOf(files));
  expect(skipped).toEqual([
    "not-a-message",
    "no-id",
    "no-date",
    "impossible-date",
    "no-author",
    "wrong-columns",
    "no-id",
    "no-date",
  ]);
  expect(messages).toHaveLength(2);
  expect(messages[1]).toMatchObject({ text: "&#x110000;&#0;&bogus;\n\nx", replyToExternalId: "1" });
  expect(spaces.get("7")?.name).toHaveLength(256);
});

test("it is told from other files by what is in it", () => {
  const recognise = (text: string, name = "x.json") => discourse.recognise({ name, text, parts: [name] });
  expect(recognise(topic([]))).toEqual({ needsTimeZone: false });
  expect(recognise(HEADER, "x.csv")).toEqual({ needsTimeZone: false });
  expect(recognise("id,text\n", "user_archive.csv")).toEqual({ needsTimeZone: false });
  expect(recognise('{"messages":[]}')).toBeUndefined();
  expect(recognise("id,url,created_at\n", "x.csv")).toBeUndefined();
});
