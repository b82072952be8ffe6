/** What a page says of itself; empty where it says nothing. Plain text on one line each, for encoding where it is shown. */
export interface PageFacts {
  readonly title: string;
  readonly about: string;
  readonly site: string;
}

/** As much as two lines, and three, on a phone. In characters (UTF-16 units). */
const LONGEST_TITLE = 150;
const LONGEST_ABOUT = 250;
const LONGEST_SITE = 60;
/** What tells of a page stands at its beginning: so many characters are looked at, and so many tags. */
const MOST_READ = 300_000;
const MOST_TAGS = 3_000;
const MOST_METAS = 100;
/** A tag that is longer is none. */
const LONGEST_TAG = 4_000;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  laquo: "«",
  raquo: "»",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  bdquo: "„",
  mdash: "—",
  ndash: "–",
  hellip: "…",
  middot: "·",
  bull: "•",
  copy: "©",
  reg: "®",
  trade: "™",
};

/** The sign that an entity stands for; an unknown one as it is. */
function signOf(entity: string): string {
  const name = entity.slice(1, -1);
  if (!name.startsWith("#")) return ENTITIES[name.toLowerCase()] ?? entity;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : "";
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/gi, signOf);
}

/** One line that can stand in a page: no control signs, none that turn the direction of what follows, nothing cut in half. */
function lineOf(text: string, longest: number): string {
  const plain = decoded(text)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, "")
    .normalize("NFC")
    .trim();
  if (plain.length <= longest) return plain;
  const cut = plain.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.replace(/\s+\S{0,30}$/, "")}…`;
}

/** Where a tag that begins at `open` ends; undefined when it is none. Quoted signs end nothing. */
function endOfTag(html: string, open: number): number | undefined {
  let quote = "";
  const last = Math.min(html.length, open + LONGEST_TAG);
  for (let i = open + 1; i < last; i += 1) {
    const sign = html[i];
    if (quote !== "") quote = sign === quote ? "" : quote;
    else if (sign === ">") return i;
    else if (sign === '"' || sign === "'") quote = sign;
  }
  return undefined;
}

function attributesOf(tag: string): Map<string, string> {
  const found = tag.matchAll(/[\s"'/]([a-z:-]{1,30})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi);
  return new Map(Array.from(found, ([, name = "", a, b, c]) => [name.toLowerCase(), a ?? b ?? c ?? ""]));
}

const SKIPPED = /^<(script|style|template|svg|noscript)[\s>/]/i;

/** Where reading goes on behind a comment, or an element whose content is no markup; the end of the page where it never ends. */
function behind(html: string, end: string, from: number): number {
  const at = html.indexOf(end, from);
  return at < 0 ? html.length : at + end.length;
}

/** Goes through the tags of a page's head, whatever stands between them, in time that grows with its length alone. */
function* tagsOf(html: string): Generator<{ tag: string; end: number }> {
  const small = html.toLowerCase();
  // Letters that grow when they are made small would shift what is found.
  const text = small.length === html.length ? small : html;
  let at = 0;
  for (let tags = 0; tags < MOST_TAGS; tags += 1) {
    const open = html.indexOf("<", at);
    if (open < 0) return;
    const isComment = html.startsWith("<!--", open);
    const end = isComment ? undefined : endOfTag(html, open);
    const tag = end === undefined ? "" : html.slice(open, end + 1);
    const skipped = SKIPPED.exec(tag)?.[1]?.toLowerCase();
    if (isComment) at = behind(text, "-->", open + 4);
    else if (skipped !== undefined && end !== undefined) at = behind(text, `</${skipped}`, end);
    else at = end === undefined ? open + 1 : end + 1;
    if (/^<body[\s>]/i.test(tag)) return;
    if (tag !== "" && end !== undefined && skipped === undefined) yield { tag, end };
  }
}

/** What a page says of itself: Open Graph before Twitter's cards before plain HTML. */
export function pageFacts(whole: string): PageFacts {
  const html = whole.slice(0, MOST_READ);
  const said = new Map<string, string>();
  let title = "";
  let metas = 0;
  for (const { tag, end } of tagsOf(html)) {
    if (/^<title[\s>]/i.test(tag) && title === "")
      title = /^[^<]{0,2000}/.exec(html.slice(end + 1, end + 2001))?.[0] ?? "";
    if (!/^<meta\s/i.test(tag) || metas >= MOST_METAS) continue;
    metas += 1;
    const attributes = attributesOf(tag);
    const name = (attributes.get("property") ?? attributes.get("name") ?? "").toLowerCase();
    const content = attributes.get("content") ?? "";
    if (content !== "" && !said.has(name)) said.set(name, content);
  }
  const first = (...names: string[]): string =>
    names.map((name) => said.get(name) ?? "").find((text) => text !== "") ?? "";
  return {
    title: lineOf(first("og:title", "twitter:title") || title, LONGEST_TITLE),
    about: lineOf(first("og:description", "twitter:description", "description"), LONGEST_ABOUT),
    site: lineOf(first("og:site_name", "application-name"), LONGEST_SITE),
  };
}

/** How many bytes of a page may hold what it says of its own encoding (HTML, 13.2.3.2). */
const PRESCANNED = 1024;

/** The text of a page by what its head, then its first bytes say; UTF-8 where nothing is said, or something unknown. */
export function pageText(body: Buffer, type: string): string {
  const start = body.subarray(0, PRESCANNED).toString("latin1");
  const named = /charset\s{0,9}=\s{0,9}["']?([\w-]{2,40})/i;
  const label =
    named.exec(type)?.[1] ?? /<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w-]{2,40})/i.exec(start)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    // A label that nobody knows.
    return new TextDecoder().decode(body);
  }
}
