import { z } from "zod";
import type { Call } from "#src/accounts/call.ts";
import { m } from "#words";
import type { Visitor } from "../model.ts";

/** With whose eyes one of the team looks at the hub: a guest's, any member's, or those of a member of this group. */
export type ViewedAs = { readonly kind: "guest" | "member" } | { readonly kind: "group"; readonly groupId: string };

/** Of nobody: whoever only looks has no account, so nothing can be written under it. */
const NOBODY = "00000000-0000-0000-0000-000000000000";
/** Forgotten with the working day. */
const SECONDS = 8 * 3600;

function cookieOf({ publicUrl }: Call, slug: string): string {
  return `${publicUrl.startsWith("https:") ? "__Host-" : ""}veche_as_${slug}`;
}

/** What a word in a cookie or a form means; undefined when it means nothing. */
export function viewedAs(word: string): ViewedAs | undefined {
  if (word === "guest" || word === "member") return { kind: word };
  return z.uuid().safeParse(word).success ? { kind: "group", groupId: word } : undefined;
}

/** As whom this browser looks at a hub. Only asked for the team. */
export function viewingIn(call: Call, slug: string): ViewedAs | undefined {
  // A slug holds letters, digits and hyphens alone.
  const found = new RegExp(`(?:^|;\\s*)${cookieOf(call, slug)}=([a-z0-9-]{1,40})(?:;|$)`).exec(
    call.headers.get("cookie") ?? "",
  );
  return found?.[1] === undefined ? undefined : viewedAs(found[1]);
}

/** Begins to look as somebody else, or with no word ends it. */
export function look(call: Call, slug: string, word: string): void {
  const safe = call.publicUrl.startsWith("https:") ? "; Secure" : "";
  const seconds = word === "" ? 0 : SECONDS;
  call.answerHeaders.append(
    "set-cookie",
    `${cookieOf(call, slug)}=${word}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${safe}`,
  );
}

/** The visitor whose eyes these are. */
export function visitorAs(viewed: ViewedAs): Visitor {
  if (viewed.kind === "guest") return { kind: "guest" };
  const groupIds = viewed.kind === "group" ? [viewed.groupId] : [];
  const nobody = { accountId: NOBODY, memberId: NOBODY, sessionId: NOBODY, unread: 0 };
  return { kind: "member", name: m.hub_viewing_name(), groupIds, ...nobody };
}
