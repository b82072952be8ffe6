import { documentIn, home, made, say } from "./page.ts";
import { type } from "./toolbar.ts";
import { counted, words } from "./words.ts";

const PAUSE_MS = 200;
/** An @ that follows no letter, and what was typed of a name: as the server reads calls, but not at its end yet. */
const CALL = /(?<![\p{L}\p{N}_@/])@([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,59})$/u;
/** Longer than any name. */
const LOOKED_BACK = 80;

/** A name being typed. */
interface Call {
  /** Where its @ stands. */
  readonly start: number;
  readonly typed: string;
}

/** Whether a text ends inside of code, in which nobody is called. */
function endsInCode(text: string): boolean {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  return (text.match(/^```/gm) ?? []).length % 2 === 1 || line.split("`").length % 2 === 0;
}

function callIn({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Call | undefined {
  if (selectionStart !== selectionEnd) return undefined;
  const before = value.slice(0, selectionStart);
  const [call, typed] = CALL.exec(before.slice(-LOOKED_BACK)) ?? [];
  if (call === undefined || typed === undefined || endsInCode(before)) return undefined;
  return { start: selectionStart - call.length, typed };
}

/** Where a letter of the field stands on the page, measured on a copy that looks the same: `.mirror` in the style. */
function placeOf(area: HTMLTextAreaElement, at: number): { left: number; top: number } {
  const mirror = made("div", "mirror", area.value.slice(0, at));
  const letter = made("span", "", "@");
  mirror.append(letter);
  mirror.style.width = `${area.clientWidth}px`;
  area.after(mirror);
  const { offsetLeft, offsetTop, offsetHeight } = letter;
  mirror.remove();
  const below = Math.max(0, Math.min(offsetTop + offsetHeight - area.scrollTop, area.offsetHeight));
  return { left: offsetLeft, top: area.offsetTop + below + 4 };
}

/** What is asked besides the letters: in which topic, or for which board, the form writes. */
function whereOf({ form }: HTMLTextAreaElement): string {
  const topic = /\/t\/(\d+)\//.exec(form?.getAttribute("action") ?? "")?.[1] ?? "";
  const board = form?.querySelector<HTMLSelectElement>("select[name=board]")?.value ?? "";
  return `topic=${topic}&board=${board}`;
}

const isLikely = (name: string, typed: string): boolean =>
  name
    .toLowerCase()
    .split(/[._-]/)
    .some((_, n, parts) => parts.slice(n).join("-").startsWith(typed.toLowerCase().replaceAll(/[._]/g, "-")));

/** The list of names below what is being typed. The field keeps the focus all the time. */
class NameList {
  readonly #area: HTMLTextAreaElement;
  readonly #list = made("ul", "names");
  #pause: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;
  /** Where the @ stands of which the list is shown, and of which it was closed by Escape. */
  #start = -1;
  #closed = -1;

  constructor(area: HTMLTextAreaElement) {
    this.#area = area;
    this.#list.id = "names";
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", words.names);
    area.setAttribute("aria-autocomplete", "list");
    area.parentElement?.append(this.#list);
    // The field keeps the focus, and with it the place where the name goes.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", ({ target }) => {
      const option = target instanceof Element ? target.closest<HTMLElement>("[role=option]") : null;
      if (option !== null) this.#choose(option);
    });
  }

  get #options(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  /** After each letter: what the list shows is narrowed at once, and asked for anew after a pause. */
  typed(): void {
    const call = callIn(this.#area);
    if (call === undefined) this.#closed = -1;
    if (call === undefined || call.start === this.#closed) return this.close();
    this.#stopAsking();
    for (const option of this.#options) if (!isLikely(option.dataset["name"] ?? "", call.typed)) option.remove();
    if (this.#options.length === 0) this.#hide();
    else this.#mark(this.#options.findIndex((option) => option.ariaSelected === "true"));
    // A line that broke: the next letter asks again.
    this.#pause = setTimeout(() => void this.#ask(call).catch(() => undefined), PAUSE_MS);
  }

  /** The caret went elsewhere. */
  moved(): void {
    if (!this.#list.hidden && callIn(this.#area)?.start !== this.#start) this.close();
  }

  close(): void {
    this.#stopAsking();
    this.#hide();
  }

  /** What a key does while the list is open; false when it has nothing to do with it. */
  pressed(key: string): boolean {
    if (this.#list.hidden) return false;
    const options = this.#options;
    const at = options.findIndex((option) => option.ariaSelected === "true");
    if (key === "ArrowDown") this.#mark((at + 1) % options.length);
    else if (key === "ArrowUp") this.#mark((at - 1 + options.length) % options.length);
    else if ((key === "Enter" || key === "Tab") && options[at] !== undefined) this.#choose(options[at]);
    else if (key === "Escape") {
      this.#closed = this.#start;
      this.close();
    } else return false;
    return true;
  }

  #stopAsking(): void {
    clearTimeout(this.#pause);
    this.#asking?.abort();
  }

  #hide(): void {
    this.#list.hidden = true;
    this.#list.replaceChildren();
    for (const name of ["aria-controls", "aria-activedescendant"]) this.#area.removeAttribute(name);
  }

  async #ask({ start, typed }: Call): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    const address = `${home}/names?typed=${encodeURIComponent(typed)}&${whereOf(this.#area)}`;
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) return this.#hide();
    const found = documentIn(await answer.text()).querySelectorAll("[role=option]");
    if (asking.signal.aborted || document.activeElement !== this.#area) return;
    if (found.length === 0) return this.#hide();
    this.#start = start;
    this.#show([...found]);
  }

  #show(found: readonly Element[]): void {
    const list = this.#list;
    list.replaceChildren(...found);
    list.hidden = false;
    const { left, top } = placeOf(this.#area, this.#start);
    list.style.top = `${top}px`;
    list.style.left = `${Math.max(0, Math.min(left, this.#area.offsetWidth - list.offsetWidth))}px`;
    this.#area.setAttribute("aria-controls", list.id);
    this.#mark(0);
    list.scrollIntoView({ block: "nearest" });
    say(counted(words.namesFound, found.length));
  }

  #mark(at: number): void {
    const options = this.#options;
    const marked = options[Math.max(0, at)];
    for (const option of options) option.ariaSelected = String(option === marked);
    if (marked === undefined) return;
    this.#area.setAttribute("aria-activedescendant", marked.id);
    marked.scrollIntoView({ block: "nearest" });
  }

  #choose(option: HTMLElement): void {
    const area = this.#area;
    const call = callIn(area);
    const end = area.selectionEnd;
    if (call !== undefined) {
      area.setSelectionRange(call.start, end);
      const isApart = /^[\s.,;:!?)»…]/.test(area.value.slice(end));
      type(area, `@${option.dataset["name"] ?? ""}${isApart ? "" : " "}`);
    }
    this.close();
  }
}

/** Offers names while one is typed behind an @ in a field of posts. */
export function offerNames(area: HTMLTextAreaElement): void {
  const list = new NameList(area);
  area.addEventListener("input", () => list.typed());
  area.addEventListener("blur", () => list.close());
  area.form?.addEventListener("submit", () => list.close());
  document.addEventListener("selectionchange", () => list.moved());
  area.addEventListener("keydown", (event) => {
    const { key, isComposing, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (isComposing || ctrlKey || metaKey || altKey || shiftKey || !list.pressed(key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
