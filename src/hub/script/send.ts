import { dropDraft } from "./drafts.ts";
import { mergePage } from "./merge.ts";
import { documentIn, home, made, main, noteAbove, say, showInside } from "./page.ts";
import { show } from "./unseen.ts";
import { words } from "./words.ts";

/** What is done to a post or a topic by one button. */
const DEED = /\/t\/\d+\/(?:p\/\d+\/(?:react|bookmark)|answer|follow)$/;
const busy = new WeakSet<HTMLFormElement>();

interface Answer {
  readonly page: Document;
  /** Where it led; undefined when it was refused. */
  readonly address: string | undefined;
  readonly status: number;
}

async function post(form: HTMLFormElement, submitter: HTMLElement | null): Promise<Answer> {
  const typed = new FormData(form, submitter);
  const isFiles = form.enctype === "multipart/form-data";
  const body = isFiles ? typed : new URLSearchParams();
  if (body instanceof URLSearchParams)
    for (const [name, value] of typed) if (typeof value === "string") body.append(name, value);
  const answer = await fetch(form.getAttribute("action") ?? "", { method: "POST", body });
  const page = documentIn(await answer.text());
  return { page, address: answer.redirected && answer.ok ? answer.url : undefined, status: answer.status };
}

/** Takes over what a page with the form again says: a fault, both texts of a conflict, hidden fields. */
function refused(form: HTMLFormElement, { page, status }: Answer): void {
  const told = [...page.querySelectorAll("main .note.bad, main .conflict")];
  const sign = made("a", "", words.signIn);
  sign.setAttribute("href", `${home}/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  const parts = told.length === 0 ? [failed()] : told;
  noteAbove(form, ...parts, ...(status === 401 ? [sign] : []));
  for (const field of form.querySelectorAll<HTMLInputElement>("input[type=hidden]")) {
    const theirs = page.querySelector<HTMLInputElement>(`main form input[type=hidden][name="${field.name}"]`);
    if (status === 409 && theirs !== null) field.value = theirs.value;
  }
  form.previousElementSibling?.scrollIntoView({ block: "nearest" });
}

/** Files that came along stand in the text of the form that came back: from there they go on, and are not sent again. */
function keepFiles(form: HTMLFormElement, { page }: Answer): void {
  const chosen = form.querySelector<HTMLInputElement>("input[type=file]");
  const text = form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  const theirs = page.querySelector<HTMLTextAreaElement>("main form textarea[name=text]");
  if (chosen === null || chosen.value === "" || text === null || theirs === null) return;
  text.value = theirs.value;
  chosen.value = "";
}

function failed(): HTMLElement {
  const note = made("div", "note bad", words.notSent);
  note.setAttribute("role", "alert");
  return note;
}

/** After a reply to the topic of this page: it stands on the page, and the form is empty again. */
function replied(form: HTMLFormElement, page: Document, id: string): boolean {
  mergePage(page);
  const post = document.querySelector<HTMLElement>(`#${id}`);
  if (post === null) return false;
  const token = page.querySelector<HTMLInputElement>("#reply input[name=form]")?.value;
  if (token === undefined) return false;
  dropDraft(form);
  form.reset();
  const field = form.querySelector<HTMLInputElement>("input[name=form]");
  if (field !== null) field.value = token;
  noteAbove(form);
  show(post);
  say(words.sent);
  return true;
}

/** The post that was written: `fetch` does not tell the part of an address behind `#`. */
function written(form: HTMLFormElement, page: Document): string | undefined {
  const action = form.getAttribute("action") ?? "";
  const changed = /\/p\/(\d+)\/edit$/.exec(action)?.[1];
  if (changed !== undefined) return `post-${changed}`;
  if (!action.endsWith("/reply")) return undefined;
  // One's own last post on the page to which the reply led.
  const posts = [...page.querySelectorAll('article.post[id^="post-"]')];
  return posts.findLast((post) => post.querySelector('a[href$="/edit"]') !== null)?.id;
}

function went(form: HTMLFormElement, page: Document, address: string): void {
  const { pathname, search } = new URL(address);
  const isHere = pathname === location.pathname && search === location.search && main.dataset["topic"] !== undefined;
  const id = written(form, page);
  if (isHere && id !== undefined && replied(form, page, id)) return;
  form.dataset["sent"] = "yes";
  dropDraft(form);
  location.assign(id === undefined ? address : `${address}#${id}`);
}

async function sendWritten(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const answer = await post(form, submitter);
  if (answer.address === undefined) keepFiles(form, answer);
  const preview = answer.page.querySelector("main .preview");
  if (submitter instanceof HTMLButtonElement && submitter.value === "preview" && preview !== null) {
    say(preview.querySelector("h2")?.textContent ?? "");
    return showInside(form, preview);
  }
  if (answer.address === undefined) return refused(form, answer);
  went(form, answer.page, answer.address);
}

async function doDeed(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const { page, address } = await post(form, submitter);
  if (address === undefined || page.querySelector("main")?.dataset["topic"] !== main.dataset["topic"])
    return location.reload();
  mergePage(page);
  const following = page.querySelector("form[action$='/follow']");
  if (following !== null) document.querySelector("form[action$='/follow']")?.replaceWith(following);
}

async function once(form: HTMLFormElement, submitter: HTMLElement | null, work: typeof doDeed): Promise<void> {
  const area = form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  busy.add(form);
  submitter?.setAttribute("aria-busy", "true");
  // What is typed while the form is on its way would be emptied with it.
  if (area !== null) area.readOnly = true;
  try {
    await work(form, submitter);
  } catch {
    noteAbove(form, failed());
  } finally {
    busy.delete(form);
    submitter?.removeAttribute("aria-busy");
    if (area !== null) area.readOnly = false;
  }
}

/** Sends forms without leaving the page where that keeps what one was reading; each is sent once, however often it is pressed. */
export function sendInPlace(): void {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
    const isBusy = busy.has(form);
    const isWritten = form.querySelector("textarea[name=text]") !== null;
    const isDeed = main.dataset["topic"] !== undefined && DEED.test(form.getAttribute("action") ?? "");
    if (isBusy || isWritten || isDeed) event.preventDefault();
    if (isBusy) return;
    if (isWritten) void once(form, submitter, sendWritten);
    else if (isDeed) void once(form, submitter, doDeed);
    else busy.add(form);
  });
  // Back on a page that was left by a form: it can be sent again.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) for (const form of document.forms) busy.delete(form);
  });
}
