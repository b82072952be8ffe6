import { made } from "./page.ts";
import { words } from "./words.ts";

interface Tool {
  readonly name: string;
  readonly sign: string;
  readonly key?: string;
  /** What becomes of the chosen text; the part between the two is chosen afterwards. */
  readonly write: (chosen: string) => readonly [before: string, inside: string, after: string];
}

const around =
  (sign: string) =>
  (chosen: string): readonly [string, string, string] => [sign, chosen, sign];
const everyLine =
  (sign: string) =>
  (chosen: string): readonly [string, string, string] => ["", chosen.replaceAll(/^/gm, sign), ""];

const tools: readonly Tool[] = [
  { name: words.bold, sign: "B", key: "b", write: around("**") },
  { name: words.italic, sign: "I", key: "i", write: around("*") },
  { name: words.quote, sign: "“ ”", write: everyLine("> ") },
  {
    name: words.code,
    sign: "</>",
    key: "e",
    write: (chosen) => (chosen.includes("\n") ? ["```\n", chosen, "\n```"] : ["`", chosen, "`"]),
  },
  { name: words.list, sign: "•", write: everyLine("- ") },
  {
    name: words.link,
    sign: "[ ]",
    key: "k",
    write: (chosen) => (/^https?:\S+$/.test(chosen) ? ["[", "", `](${chosen})`] : [`[${chosen}](`, "https://", ")"]),
  },
];

/** Types into the field as a person would, so that undoing takes it back. */
export function type(area: HTMLTextAreaElement, text: string): void {
  area.focus();
  // Called obsolete, and yet the one way to write into a field that can be undone.
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function use(area: HTMLTextAreaElement, tool: Tool): void {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const [before, inside, after] = tool.write(value.slice(start, end));
  type(area, `${before}${inside}${after}`);
  const from = start + before.length;
  area.setSelectionRange(from, from + inside.length);
}

/** Puts a row of tools above the field; keys do the same. */
export function addToolbar(place: HTMLElement, area: HTMLTextAreaElement): void {
  const isApple = /Mac|iP/.test(navigator.platform);
  place.setAttribute("role", "toolbar");
  place.setAttribute("aria-label", words.toolbar);
  const buttons = tools.map((tool, i) => {
    const button = made("button", "tool", tool.sign);
    const key = tool.key === undefined ? "" : ` (${isApple ? "⌘" : "Ctrl+"}${tool.key.toUpperCase()})`;
    button.type = "button";
    button.title = `${tool.name}${key}`;
    button.setAttribute("aria-label", tool.name);
    button.tabIndex = i === 0 ? 0 : -1;
    // The field keeps the focus, and with it what is chosen.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => use(area, tool));
    return button;
  });
  place.replaceChildren(...buttons);
  place.addEventListener("keydown", ({ key }) => {
    const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (step === 0 || at < 0) return;
    const next = (at + step + buttons.length) % buttons.length;
    for (const [i, button] of buttons.entries()) button.tabIndex = i === next ? 0 : -1;
    buttons[next]?.focus();
  });
  area.addEventListener("keydown", (event) => {
    if (!(isApple ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      area.form?.requestSubmit();
      return;
    }
    const tool = tools.find(({ key }) => key === event.key.toLowerCase());
    if (tool === undefined) return;
    event.preventDefault();
    use(area, tool);
  });
}
