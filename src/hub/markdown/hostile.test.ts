import sanitize from "sanitize-html";
import { expect, test } from "vitest";
import { hasHostileTexts, hostileTexts } from "../testing/hostile-texts.ts";
import { mentionedNames } from "./mentions.ts";
import { excerptOf, plainText } from "./plain-text.ts";
import { renderPost } from "./render.ts";

const nobody = { people: new Map<string, string>(), pictures: new Map() };

if (!hasHostileTexts) console.log("Skipped: ../shared/corpora with hostile texts is not here.");

/** What a browser would find in the HTML: every tag with its attributes, and every word that is shown or told. */
function read(html: string): { tags: string[]; attributes: string[]; addresses: string[]; words: string } {
  const tags = new Set<string>();
  const attributes = new Set<string>();
  const addresses: string[] = [];
  const words: string[] = [];
  sanitize(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    allowedSchemesAppliedToAttributes: [],
    transformTags: {
      "*": (tagName, attribs) => {
        tags.add(tagName);
        for (const [name, value] of Object.entries(attribs)) {
          attributes.add(name);
          if (name === "href" || name === "src") addresses.push(value);
          else words.push(value);
        }
        return { tagName, attribs };
      },
    },
    textFilter: (text) => {
      words.push(text);
      return text;
    },
  });
  return { tags: [...tags], attributes: [...attributes], addresses, words: words.join("") };
}

const KNOWN_TAGS = new Set(
  "p br hr blockquote pre code em strong s ul ol li a h3 h4 h5 h6 table thead tbody tr th td span".split(" "),
);
const KNOWN_ATTRIBUTES = new Set(["href", "title", "rel", "class", "start", "tabindex"]);

/** How often each letter stands in a text; markup of posts has none but in addresses, which are counted where they lead. */
function lettersOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of text.match(/\p{L}/gu) ?? []) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}

function decoded(html: string): string {
  const signs: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };
  return html.replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => signs[entity] ?? entity);
}

function unescapedAddress(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

interface Trouble {
  readonly text: string;
  readonly found: readonly string[];
}

/** What a check finds in all of them; asked for once, because an expectation for each text takes longer than the texts. */
function troubles(texts: readonly string[], check: (text: string) => readonly string[]): Trouble[] {
  return texts.flatMap((text) => {
    const found = check(text);
    return found.length === 0 ? [] : [{ text, found }];
  });
}

function foreignIn(text: string): string[] {
  const { tags, attributes, addresses } = read(renderPost(text, nobody));
  return [
    ...tags.filter((tag) => !KNOWN_TAGS.has(tag)),
    ...attributes.filter((name) => !KNOWN_ATTRIBUTES.has(name)),
    ...addresses.filter((address) => !/^(?:https?:\/\/|mailto:|\/(?!\/))/i.test(address)),
  ];
}

function lostFrom(text: string): string[] {
  const { words, addresses } = read(renderPost(text, nobody));
  const found = lettersOf(decoded(words) + addresses.map(unescapedAddress).join(""));
  return [...lettersOf(text.toWellFormed())].flatMap(([letter, count]) =>
    (found.get(letter) ?? 0) < count ? [letter] : [],
  );
}

test.skipIf(!hasHostileTexts)("no hostile text leaves a tag, an attribute or an address of its own in the page", () => {
  const texts = hostileTexts();
  expect(texts.length).toBeGreaterThan(7000);
  expect(troubles(texts, foreignIn)).toEqual([]);
  expect(troubles(texts, (text) => foreignIn(`[a](${text}) ![a](<${text}>)`))).toEqual([]);
});

test.skipIf(!hasHostileTexts)("of no hostile text a letter is lost", () => {
  expect(troubles(hostileTexts(), lostFrom)).toEqual([]);
});

test.skipIf(!hasHostileTexts)("hostile texts become plain ones and excerpts that can be stored", () => {
  const found = troubles(hostileTexts(), (text) => {
    const plain = [plainText(text), excerptOf(text, 100), ...mentionedNames(text)];
    return plain.filter((each, n) => !each.isWellFormed() || each.includes("\0") || (n === 1 && each.includes("\n")));
  });
  expect(found).toEqual([]);
});
