import { inPlace, main } from "./page.ts";

/** What the server tells of a topic. */
export interface News {
  readonly version: number;
  readonly last: number;
  readonly title: string;
  readonly standing: string;
  readonly isClosed: boolean;
  readonly posts: readonly { readonly number: number; readonly html: string }[];
  readonly answer?: string;
}

const onPage = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('article.post[id^="post-"]')];

/** The post's number in its topic. */
export function numberOf(article: Element): number {
  return Number(article.id.slice("post-".length));
}

/** The version of the topic that this page shows. */
export function version(): number {
  return Number(main.dataset["version"] ?? "0");
}

/** Where the focus stands in a post: the how-manieth of what can be pressed. */
function focused(article: Element): number {
  return [...article.querySelectorAll("a,button,summary")].indexOf(document.activeElement ?? article);
}

function replace(old: HTMLElement, fresh: HTMLElement): void {
  const menus = fresh.querySelectorAll("details");
  for (const [i, menu] of old.querySelectorAll("details").entries()) if (menu.open) menus[i]?.setAttribute("open", "");
  // What this script has put on it is no difference.
  if (old.hasAttribute("tabindex")) fresh.tabIndex = -1;
  if (old.classList.contains("come")) fresh.classList.add("come");
  if (old.isEqualNode(fresh)) return;
  const focus = focused(old);
  const isFocused = document.activeElement === old;
  inPlace(() => old.replaceWith(fresh));
  if (isFocused) fresh.focus({ preventScroll: true });
  if (focus >= 0) fresh.querySelectorAll<HTMLElement>("a,button,summary")[focus]?.focus({ preventScroll: true });
}

/** Puts a post where it belongs; whether it was not there before. */
function put(article: HTMLElement): boolean {
  const fresh = document.adoptNode(article);
  const old = document.querySelector<HTMLElement>(`#${fresh.id}`);
  if (old !== null) {
    replace(old, fresh);
    return false;
  }
  const before = onPage().findLast((each) => numberOf(each) < numberOf(fresh));
  if (before === undefined) return false;
  inPlace(() => before.after(fresh));
  return true;
}

function setMarkup(place: Element | null, markup: string | undefined): void {
  if (place === null || markup === undefined || place.innerHTML === markup) return;
  // Our own server rendered it, by the function that renders the page.
  inPlace(() => (place.innerHTML = markup));
}

/** Brings this page up to what was told; returns posts that were not on it before. */
export function mergeNews(news: News): HTMLElement[] {
  if (news.version < version()) return [];
  main.dataset["version"] = String(news.version);
  const title = main.querySelector("h1");
  if (title !== null && title.textContent !== news.title) title.textContent = news.title;
  setMarkup(document.querySelector("#standing"), news.standing);
  setMarkup(document.querySelector("#answer"), news.answer);
  const holder = document.createElement("template");
  holder.innerHTML = news.posts.map(({ html }) => html).join("");
  return [...holder.content.children].filter((each): each is HTMLElement => each instanceof HTMLElement && put(each));
}

/** Brings this page up to another copy of it, fetched later; returns posts that were not on it before. */
export function mergePage(page: Document): HTMLElement[] {
  const theirs = page.querySelector("main");
  if (theirs === null || theirs.dataset["topic"] !== main.dataset["topic"]) return [];
  if (Number(theirs.dataset["version"] ?? "0") < version()) return [];
  const posts = [...theirs.querySelectorAll<HTMLElement>('article.post[id^="post-"]')];
  const there = new Set(posts.map(({ id }) => id));
  for (const post of onPage()) if (!there.has(post.id)) inPlace(() => post.remove());
  return mergeNews({
    version: Number(theirs.dataset["version"] ?? "0"),
    last: Number(theirs.dataset["last"] ?? "0"),
    title: theirs.querySelector("h1")?.textContent ?? "",
    standing: theirs.querySelector("#standing")?.innerHTML ?? "",
    isClosed: theirs.querySelector("#reply form") === null,
    posts: posts.map((each) => ({ number: numberOf(each), html: each.outerHTML })),
    answer: theirs.querySelector("#answer")?.innerHTML ?? "",
  });
}
