import { expect, test } from "vitest";
import { processorMs, RUNAWAY_MS } from "#src/base/testing/processor-time.ts";
import { mentionedNames } from "./mentions.ts";
import { LONGEST_POST } from "./parser.ts";
import { excerptOf, plainText } from "./plain-text.ts";
import { linkedAddresses, pictureAddresses, renderPost } from "./render.ts";

const nobody = { people: new Map<string, string>(), pictures: new Map() };
const shown = (source: string): string => renderPost(source, nobody).trim();

test("what people write in markdown looks as they meant it", () => {
  expect(shown("Hello **bold** and ~~gone~~\nnext line")).toBe(
    "<p>Hello <strong>bold</strong> and <s>gone</s><br />\nnext line</p>",
  );
  expect(shown("> quoted\n\n- one\n- two\n\n3. three")).toContain("<blockquote>\n<p>quoted</p>\n</blockquote>");
  expect(shown("3. three")).toBe('<ol start="3">\n<li>three</li>\n</ol>');
  expect(shown("```js\nlet a;\n```")).toBe('<pre><code class="language-js">let a;\n</code></pre>');
  expect(shown("👩‍👩‍👧 🇷🇺 Ёлка")).toBe("<p>👩‍👩‍👧 🇷🇺 Ёлка</p>");
});

test("headings of posts stand below those of the page", () => {
  expect(shown("# One")).toBe("<h3>One</h3>");
  expect(shown("##### Five")).toBe("<h6>Five</h6>");
});

test("a table keeps its columns aligned without a style of its own", () => {
  const table = shown("| a | b |\n|:-:|--:|\n| 1 | 2 |");
  expect(table).toContain('<th class="center">a</th>');
  expect(table).toContain('<td class="right">2</td>');
});

test("links of members pass no weight on and open only pages and letters", () => {
  expect(shown("[site](https://camp.example/a?b=1&c=2)")).toBe(
    '<p><a href="https://camp.example/a?b=1&amp;c=2" rel="nofollow ugc noopener">site</a></p>',
  );
  expect(shown("see https://camp.example.")).toContain('<a href="https://camp.example" rel="nofollow ugc noopener">');
  for (const address of [
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "file:///etc",
    "ftp://a.b",
  ]) {
    expect(shown(`[x](${address})`)).not.toContain("<a");
  }
});

test("HTML that somebody types is shown as they typed it", () => {
  expect(shown("<script>alert(1)</script>")).toBe("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
  expect(shown("a &lt; b &amp; c")).toBe("<p>a &amp;lt; b &amp;amp; c</p>");
});

test("pictures of this site are shown with their size, all others are links", () => {
  const pictures = new Map([["/files/a.png", { width: 40, height: 30 }]]);
  expect(renderPost("![cat](/files/a.png)", { ...nobody, pictures })).toContain(
    '<img src="/files/a.png" alt="cat" width="40" height="30" loading="lazy" />',
  );
  expect(shown("![cat](https://tracker.example/pixel.gif)")).toBe(
    '<p><a href="https://tracker.example/pixel.gif" rel="nofollow ugc noopener">cat</a></p>',
  );
  expect(shown("[![cat](https://a.example/p.gif)](https://b.example)")).toContain("cat https://a.example/p.gif</a>");
  expect(pictureAddresses("![a](/x) ![b](/x) ![c](/y)")).toEqual(["/x", "/y"]);
});

test("names of members become links to them, outside of code, links and addresses", () => {
  const people = new Map([
    ["цапля", "/c/camp/people/1"],
    ["otter_7", "/c/camp/people/2"],
  ]);
  const html = renderPost("Hi @Цапля, and @otter_7. Not a@otter_7, `@otter_7` or @nobody", { ...nobody, people });
  expect(html).toContain('<a href="/c/camp/people/1" class="mention">@Цапля</a>,');
  expect(html).toContain('<a href="/c/camp/people/2" class="mention">@otter_7</a>. Not a@otter_7');
  expect(html).toContain("<code>@otter_7</code> or @nobody");
});

test("a post calls each person once and at most twenty of them", () => {
  expect(mentionedNames("@Anna @anna\n\n> @Oleg\n\n[@link](https://a.example) `@code` mail@me.example")).toEqual([
    "anna",
    "oleg",
  ]);
  expect(mentionedNames(Array.from({ length: 50 }, (_, n) => `@user${n}`).join(" "))).toHaveLength(20);
});

test("a spoiler is hidden in the post and in its excerpt, and found by search", () => {
  const source = "The end: ||everybody **lives**|| you know";
  expect(shown(source)).toContain(
    '<span class="spoiler" tabindex="0">everybody <strong>lives</strong></span> you know',
  );
  expect(excerptOf(source, 100)).toBe("The end: … you know");
  expect(plainText(source)).toBe("The end: everybody lives you know");
  expect(shown("a || b")).toBe("<p>a || b</p>");
  expect(shown("||||")).toBe("<p>||||</p>");
  expect(shown("**a || b** || c")).toBe("<p><strong>a || b</strong> || c</p>");
});

test("a post of words alone reads the same as one with markup in it", () => {
  const posts = [
    "One, two – three…\nand «four»",
    '  Первый   абзац.  \n\n\n   Второй (кто-то), it\'s "so"!',
    "1. one\n2. two",
    "Title\n---\ntext",
    "- a\n- b",
    "a\n\n    b\n c",
    "7 days; 8?",
  ];
  for (const source of posts) expect(plainText(`${source}\n\n**end**`)).toBe(`${plainText(source)}\nend`);
  expect(plainText("1. one\n2. two")).toBe("one\ntwo");
});

test("an excerpt is one line, cut behind a word, and never through a letter", () => {
  expect(excerptOf("# Title\n\nFirst *line*\nsecond", 100)).toBe("Title First line second");
  expect(excerptOf("one two three four", 12)).toBe("one two…");
  expect(excerptOf("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2)).toBe("👩‍👩‍👧…");
  expect(excerptOf("", 10)).toBe("");
});

test("nothing that was written vanishes as a reference, a fence's words or by depth", () => {
  expect(shown("[note]: https://a.example 'secret'")).toContain("secret");
  expect(shown("```several words here\ncode\n```")).toContain("several words here");
  expect(shown(`${">".repeat(500)} deep`)).toContain("deep");
  expect(shown(`${"- ".repeat(500)}deep`)).toContain("deep");
  expect(plainText(`${">".repeat(500)} deep`)).toContain("deep");
});

test("the addresses a post links to are told once each", () => {
  expect(linkedAddresses("https://a.example [b](https://a.example) <https://c.example/x> mailto:me@a.example")).toEqual(
    ["https://a.example", "https://c.example/x"],
  );
});

test("the most hostile post of full length is rendered without running away", () => {
  const pieces = [
    "[",
    "![",
    "](",
    "*a ",
    "**a",
    "_a_",
    "`",
    "||",
    "|a",
    "> ",
    "- ",
    "<",
    "@a",
    "~~",
    "http://a",
    "\\",
    "a@b.",
    "[a](",
    "<a:",
    "&a;",
    "``` ",
    "((((",
    "\u0301",
  ];
  for (const piece of pieces) {
    const source = piece.repeat(Math.ceil(LONGEST_POST / piece.length)).slice(0, LONGEST_POST);
    const spent = processorMs(() => {
      renderPost(source, nobody);
      mentionedNames(source);
      excerptOf(source, 200);
    });
    expect({ piece, isLong: spent > RUNAWAY_MS }).toEqual({ piece, isLong: false });
  }
});
