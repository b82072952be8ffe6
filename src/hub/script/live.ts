import { showBar } from "./bar.ts";
import { mergeNews, mergePage, type News, version } from "./merge.ts";
import { documentIn, home, main } from "./page.ts";
import { mind, mindBeyond } from "./unseen.ts";
import { counted, words } from "./words.ts";

/** After an answer that was no line, such as one too many, the next try waits at least so long, and twice as long each time. */
const AGAIN_MS = 5000;
const AGAIN_MOST_MS = 300_000;

interface Topics {
  readonly topics: readonly { readonly number: number; readonly isNew: boolean }[];
}

const newTopics = new Set<number>();
const livelier = new Set<number>();

/** Topics of a list, with what is said of how much was written in each. */
function linesIn(page: ParentNode): Map<number, string> {
  const lines = [...page.querySelectorAll(".list > li")].map((line): [number, string] => [
    Number(/\/t\/(\d+)/.exec(line.querySelector("a.title")?.getAttribute("href") ?? "")?.[1]),
    line.querySelector(".count")?.textContent ?? "",
  ]);
  return new Map(lines);
}

function showTopics(): void {
  const parts = [
    ...(newTopics.size > 0 ? [counted(words.newTopics, newTopics.size)] : []),
    ...(livelier.size > 0 ? [counted(words.newInTopics, livelier.size)] : []),
  ];
  if (parts.length > 0) showBar(parts.join(" · "), location.href, () => location.reload());
}

function hearTopics({ topics }: Topics): void {
  const here = linesIn(main);
  for (const { number, isNew } of topics) {
    if (!isNew) {
      if (!newTopics.has(number)) livelier.add(number);
    } else if (!here.has(number)) newTopics.add(number);
  }
  showTopics();
}

/** What a list has missed: topics that stand in it now and did not, or say something else of how much was written. */
function compareLists(page: Document): void {
  const here = linesIn(main);
  for (const [number, count] of linesIn(page)) {
    if (!here.has(number)) newTopics.add(number);
    else if (here.get(number) !== count) livelier.add(number);
  }
  showTopics();
}

/** Fetches this page anew for what happened between the moment it was made and the line. */
async function catchUp(): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = documentIn(await answer.text());
  if (main.dataset["topic"] === undefined) return compareLists(page);
  mind(mergePage(page));
  mindBeyond(Number(page.querySelector("main")?.dataset["last"] ?? "0"));
}

function hearNews(news: News): void {
  mind(mergeNews(news));
  mindBeyond(news.last);
  const form = document.querySelector("#reply");
  const note = form?.querySelector(".closed-note");
  if (news.isClosed && form !== null && note === null) {
    const closed = document.createElement("div");
    closed.className = "note closed-note";
    closed.textContent = words.closed;
    form.prepend(closed);
  }
  if (!news.isClosed) note?.remove();
}

function lineAddress(): string {
  const { topic, page, board } = main.dataset;
  return `${home}/live?${topic === undefined ? `board=${board ?? ""}` : `topic=${topic}&page=${page ?? "1"}`}`;
}

/** What a line tells, by its name. */
interface Told {
  readonly hello: { readonly version: number };
  readonly topic: News;
  readonly list: Topics;
  readonly again: object;
  readonly gone: object;
}

function hear<K extends keyof Told>(line: EventSource, name: K, work: (told: Told[K]) => void): void {
  line.addEventListener(name, ({ data }: MessageEvent<string>) => {
    // Our own server wrote it.
    work(JSON.parse(data) as Told[K]);
  });
}

/** Keeps a line open while somebody looks at the page. A hidden page hangs up, because browsers allow few lines to one server. */
export function listen(): void {
  if (main.dataset["topic"] === undefined && main.dataset["board"] === undefined) return;
  let line: EventSource | undefined;
  let tries = 0;
  let isOver = false;
  const hangUp = (): void => {
    line?.close();
    line = undefined;
  };
  const tryAgain = (): void => {
    const wait = Math.min(AGAIN_MOST_MS, AGAIN_MS * 2 ** tries);
    tries += 1;
    setTimeout(follow, wait * (1 + Math.random()));
  };
  function follow(): void {
    if (document.hidden) return hangUp();
    if (isOver || line !== undefined) return;
    const fresh = new EventSource(lineAddress());
    line = fresh;
    hear(fresh, "hello", (told) => {
      tries = 0;
      if (told.version > version()) void catchUp().catch(() => undefined);
    });
    hear(fresh, "again", () => void catchUp().catch(() => undefined));
    hear(fresh, "topic", hearNews);
    hear(fresh, "list", hearTopics);
    hear(fresh, "gone", () => {
      isOver = true;
      hangUp();
      showBar(words.gone, undefined);
    });
    fresh.addEventListener("error", () => {
      // While it is connecting the browser tries by itself.
      if (fresh.readyState !== EventSource.CLOSED || line !== fresh) return;
      line = undefined;
      tryAgain();
    });
  }
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", hangUp);
  addEventListener("pageshow", follow);
  follow();
}
