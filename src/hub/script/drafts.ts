import { home, made, reader } from "./page.ts";
import { words } from "./words.ts";

/** What was typed into a form and not sent. */
interface Draft {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly fields: Readonly<Record<string, string>>;
  /** Of a post that is being changed: which version the text began from. */
  readonly version?: string | undefined;
}

const PREFIX = "veche draft ";
/** Nobody comes back to a text after so long. */
const KEPT_MS = 30 * 86_400_000;
const PAUSE_MS = 300;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (each): each is Field =>
      (each instanceof HTMLTextAreaElement || each instanceof HTMLSelectElement || each instanceof HTMLInputElement) &&
      each.name !== "" &&
      !/^(?:hidden|file|submit|password)$/.test(each.type),
  );
}

function hidden(form: HTMLFormElement, name: string): HTMLInputElement | undefined {
  return form.querySelector<HTMLInputElement>(`input[type=hidden][name=${name}]`) ?? undefined;
}

/** One for each form and reader: whoever else signs in here does not see it. */
function keyOf(form: HTMLFormElement): string {
  const to = hidden(form, "to")?.value ?? "";
  return `${PREFIX}${home} ${reader} ${form.getAttribute("action") ?? ""} ${to}`;
}

/** Storage that may be full, or closed to us: then nothing is kept. */
function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const field of fieldsOf(form)) {
    if (field instanceof HTMLInputElement && field.type === "radio" && !field.checked) continue;
    values[field.name] = field.value;
  }
  return values;
}

function fill(form: HTMLFormElement, values: Draft["fields"]): void {
  for (const field of fieldsOf(form)) {
    const value = values[field.name];
    if (value === undefined) continue;
    if (field instanceof HTMLInputElement && field.type === "radio") field.checked = field.value === value;
    else field.value = value;
  }
}

function textOf(form: HTMLFormElement): HTMLTextAreaElement | undefined {
  return form.querySelector<HTMLTextAreaElement>("textarea[name=text]") ?? undefined;
}

function isEmptied(form: HTMLFormElement): boolean {
  const title = form.querySelector<HTMLInputElement>("input[name=title]");
  const text = textOf(form);
  return (
    (text === undefined || text.value === text.defaultValue) && (title?.value ?? "") === (title?.defaultValue ?? "")
  );
}

function keep(form: HTMLFormElement): void {
  const draft: Draft = { at: Date.now(), fields: valuesOf(form), version: hidden(form, "version")?.value };
  tried(() =>
    isEmptied(form) ? localStorage.removeItem(keyOf(form)) : localStorage.setItem(keyOf(form), JSON.stringify(draft)),
  );
}

/** Forgets what was kept of a form: it was sent, or thrown away. */
export function dropDraft(form: HTMLFormElement): void {
  tried(() => localStorage.removeItem(keyOf(form)));
  form.querySelector(".draft")?.remove();
}

function tellKept(form: HTMLFormElement, { at }: Draft): void {
  const { lang } = document.documentElement;
  const when = new Date(at).toLocaleString(lang === "en" ? "en-GB" : lang, { dateStyle: "medium", timeStyle: "short" });
  const line = made("p", "draft hint", `${words.draftKept.replace("#", when)} `);
  line.setAttribute("role", "status");
  const discard = made("button", "link", words.draftDiscard);
  discard.type = "button";
  discard.addEventListener("click", () => {
    dropDraft(form);
    form.reset();
    textOf(form)?.focus();
  });
  line.append(discard);
  textOf(form)?.after(line);
}

function restore(form: HTMLFormElement): void {
  const kept = tried(() => localStorage.getItem(keyOf(form))) ?? null;
  if (kept === null) return;
  // We wrote it ourselves, in an earlier visit of this browser.
  const draft = tried(() => JSON.parse(kept) as Draft);
  if (draft === undefined || draft.fields["text"] === textOf(form)?.value) return;
  fill(form, draft.fields);
  // A text that began from an older version must not silently replace a newer one: sent as it is, both are shown.
  const version = hidden(form, "version");
  if (version !== undefined && draft.version !== undefined) version.value = draft.version;
  tellKept(form, draft);
}

function forgetOld(): void {
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    // We wrote it ourselves, in an earlier visit of this browser.
    const draft = tried(() => JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Draft>);
    if (Date.now() - (draft?.at ?? 0) > KEPT_MS) localStorage.removeItem(key);
  }
}

/** Keeps what is typed into a form in this browser until it is sent, and brings it back. */
export function keepDrafts(form: HTMLFormElement): void {
  tried(forgetOld);
  restore(form);
  let pause: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => keep(form), PAUSE_MS);
  });
  addEventListener("pagehide", () => {
    if (!form.dataset["sent"]) keep(form);
  });
}
