/** The page's own part. */
export const main = document.querySelector("main") ?? document.body;
/** The hub's own address, such as `/c/dawn`. */
export const home = document.body.dataset["home"] ?? "";
/** The account of whoever is signed in; empty for guests. */
export const reader = document.body.dataset["reader"] ?? "";

/** A document of the hub that was asked for without leaving this page. */
export function documentIn(text: string): Document {
  return new DOMParser().parseFromString(text, "text/html");
}

/** Makes an element. */
export function made<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

const teller = made("div", "unseen");
teller.setAttribute("role", "status");
document.body.append(teller);

/** Says something to whoever listens to the page; the eye does not see it. */
export function say(text: string): void {
  teller.textContent = text;
}

/** What the reader looks at or types in, by which the page is held. */
function anchor(): Element | undefined {
  const { activeElement } = document;
  if (activeElement instanceof HTMLTextAreaElement) return activeElement;
  return [...document.querySelectorAll("article.post")].find((each) => each.getBoundingClientRect().bottom > 0);
}

/** Changes the page without moving what the reader looks at. */
export function inPlace(work: () => void): void {
  const held = anchor();
  const before = held?.getBoundingClientRect().top;
  const { style } = document.documentElement;
  // Some browsers hold the page themselves, others do not: here it is done once.
  style.overflowAnchor = "none";
  work();
  if (held?.isConnected === true && before !== undefined) scrollBy(0, held.getBoundingClientRect().top - before);
  style.overflowAnchor = "";
}

function fromScript(parts: readonly (Node | string)[]): HTMLElement {
  const note = made("div", "from-script");
  note.append(...parts);
  return note;
}

/** Shows something above the buttons of a form, instead of what stood there before. */
export function showInside(form: HTMLFormElement, shown: Element): void {
  form.querySelector(".from-script")?.remove();
  const buttons = [...form.querySelectorAll(".row")].at(-1);
  const note = fromScript([shown]);
  if (buttons === undefined) form.append(note);
  else buttons.before(note);
  note.scrollIntoView({ block: "nearest" });
}

/** Puts a note above a form, with the words of a page that was refused, and takes away the one before. */
export function noteAbove(form: HTMLElement, ...parts: readonly (Node | string)[]): void {
  for (const old of form.parentElement?.querySelectorAll(":scope > .from-script") ?? []) old.remove();
  form.querySelector(".from-script")?.remove();
  if (parts.length === 0) return;
  form.before(fromScript(parts));
}
