import { documentIn, home } from "./page.ts";

const PAUSE_MS = 350;
const SHORTEST = 3;

/** Shows topics that are like the title being typed. */
export function showSimilar(title: HTMLInputElement, place: HTMLElement): void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  const ask = async (): Promise<void> => {
    asking?.abort();
    asking = new AbortController();
    const typed = title.value.trim();
    if (typed.length < SHORTEST) return place.replaceChildren();
    const { signal } = asking;
    const answer = await fetch(`${home}/similar?title=${encodeURIComponent(typed)}`, { signal });
    if (!answer.ok) return;
    const found = documentIn(await answer.text()).body.childNodes;
    place.replaceChildren(...found);
  };
  title.addEventListener("input", () => {
    clearTimeout(pause);
    // A title that is typed on, or a line that broke: the next letter asks again.
    pause = setTimeout(() => void ask().catch(() => undefined), PAUSE_MS);
  });
}
