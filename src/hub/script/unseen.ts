import { hideBar, showBar } from "./bar.ts";
import { numberOf } from "./merge.ts";
import { home, main, reader, say } from "./page.ts";
import { counted, postsAPage, words } from "./words.ts";

const unseen = new Set<HTMLElement>();
/** Posts beyond this page, from the first of them on. */
let beyond = { from: 0, count: 0 };
let readTo = 0;
let telling: ReturnType<typeof setTimeout> | undefined;

/** Where a post of this topic stands. */
function addressOf(number: number): string {
  const page = Math.ceil(number / postsAPage);
  return `${location.pathname}${page > 1 ? `?page=${page}` : ""}#post-${number}`;
}

function renew(): void {
  const [first] = [...unseen].toSorted((a, b) => numberOf(a) - numberOf(b));
  const count = unseen.size + beyond.count;
  if (count === 0) return hideBar();
  const onPress = (event: Event): void => {
    if (first === undefined) return;
    event.preventDefault();
    show(first);
  };
  showBar(counted(words.newReplies, count), addressOf(first === undefined ? beyond.from : numberOf(first)), onPress);
}

/** Goes to a post. */
export function show(post: HTMLElement): void {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  post.tabIndex = -1;
  post.focus({ preventScroll: true });
  post.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
}

/** Notes on the server, once in a while, how far a member has read. */
function tellRead(): void {
  clearTimeout(telling);
  telling = undefined;
  const [, , slug = ""] = home.split("/");
  void fetch(`/api/v1/communities/${slug}/hub/topics/${main.dataset["topic"]}/read`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ to: readTo }),
    // Whoever goes on at once has still read it.
    keepalive: true,
  }).catch(() => undefined);
}

const READ_MS = 1500;

addEventListener("pagehide", () => {
  if (telling !== undefined) tellRead();
});

const eyes = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!(target instanceof HTMLElement) || !isIntersecting) continue;
    eyes.unobserve(target);
    unseen.delete(target);
    readTo = Math.max(readTo, numberOf(target));
    if (reader !== "") telling ??= setTimeout(tellRead, READ_MS);
  }
  renew();
});

/** Minds posts that have come: those in sight are said, the others are counted at the foot of the window until they are seen. */
export function mind(posts: readonly HTMLElement[]): void {
  for (const post of posts) {
    // One's own, which the line may bring before the answer to its sending does.
    if (post.querySelector('a[href$="/edit"]') !== null) continue;
    const { top } = post.getBoundingClientRect();
    post.classList.add("come");
    if (top < innerHeight) say(words.replyFrom.replace("#", post.querySelector(".name")?.textContent ?? ""));
    else unseen.add(post);
    eyes.observe(post);
  }
  if (unseen.size > 0) renew();
}

/** Counts posts behind the last of this page: `last` is the topic's last number now. */
export function mindBeyond(last: number): void {
  const lastHere = Number(main.dataset["page"] ?? "1") * postsAPage;
  const known = Math.max(lastHere, Number(main.dataset["last"] ?? "0"));
  if (last <= known) return;
  beyond = { from: known + 1, count: last - known };
  renew();
}
