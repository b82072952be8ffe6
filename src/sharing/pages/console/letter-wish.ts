/**
 * Whether a form asks for letters or for no more of them. Mail programs send theirs without anybody seeing the page
 * (RFC 8058), and it only ever stops letters. Undefined when the form says neither.
 */
export function wishIn(form: FormData): boolean | undefined {
  if (form.get("List-Unsubscribe") === "One-Click") return false;
  const wants = form.get("wants");
  return wants === "yes" || wants === "no" ? wants === "yes" : undefined;
}
