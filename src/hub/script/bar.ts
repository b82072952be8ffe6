import { made } from "./page.ts";

let bar: HTMLElement | undefined;

/** Shows a line at the foot of the window that leads to what is new. An address of undefined leads nowhere. */
export function showBar(text: string, address: string | undefined, onPress?: (event: Event) => void): void {
  bar ??= made("div", "live-bar");
  const line = address === undefined ? made("span", "button") : made("a", "button main");
  line.textContent = text;
  if (address !== undefined) line.setAttribute("href", address);
  if (onPress !== undefined) line.addEventListener("click", onPress);
  bar.setAttribute("role", "status");
  bar.replaceChildren(line);
  if (!bar.isConnected) document.body.append(bar);
}

/** Takes the line away. */
export function hideBar(): void {
  bar?.remove();
}
