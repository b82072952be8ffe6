/** A path of ours that a form or an address asks to return to; anything else becomes `instead`. */
export function ownPath(path: unknown, instead: string): string {
  return typeof path === "string" && /^\/(?![/\\])/.test(path) ? path : instead;
}
