import type { Call } from "#src/accounts/call.ts";
import { newSecret, secretHash } from "#src/accounts/one-time-token.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import { newId } from "#src/base/ids.ts";
import { HUB_SESSION_DAYS, type Visitor } from "../model.ts";
import { themeOf } from "../store/accounts.ts";
import { addSession, dropSession, prolongSession, type StandingSession } from "../store/sessions.ts";
import { deviceOf } from "./device.ts";
import { cookieManner, isInTelegram } from "./frame-mark.ts";
import { themeCookie } from "./theme.ts";

const DAY_MS = 86_400_000;

/** Each hub has a cookie of its own, so that somebody can be a member of several. `__Host-` as for the team's cookie. */
function cookieOf(publicUrl: string, slug: string): string {
  return `${publicUrl.startsWith("https:") ? "__Host-" : ""}veche_hub_${slug}`;
}

function tokenIn({ headers, publicUrl }: Call, slug: string): string | undefined {
  const cookies = headers.get("cookie");
  if (cookies === null || !cookies.includes("veche_hub_")) return undefined;
  // A slug holds letters, digits and hyphens alone.
  return new RegExp(`(?:^|;\\s*)${cookieOf(publicUrl, slug)}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(cookies)?.[1];
}

function give(call: Call, slug: string, cookie: { token: string; seconds: number }): void {
  const manner = cookieManner(call.publicUrl, isInTelegram(call.headers));
  const { token, seconds } = cookie;
  call.answerHeaders.append(
    "set-cookie",
    `${cookieOf(call.publicUrl, slug)}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; ${manner}`,
  );
}

/** A hash of the cookie by which a member comes; undefined without one. */
export function sessionHash(call: Call, slug: string): Buffer | undefined {
  const token = tokenIn(call, slug);
  return token === undefined ? undefined : secretHash(token);
}

/** The member whose session the request came with. A session that is used is prolonged, at most once a day. */
export async function memberOf(
  call: Call,
  place: { community: CommunityId; slug: string },
  session: StandingSession,
): Promise<Extract<Visitor, { kind: "member" }>> {
  const { community, slug } = place;
  const token = tokenIn(call, slug);
  const seenAt = call.now();
  const expiresAt = seenAt + HUB_SESSION_DAYS * DAY_MS;
  if (token !== undefined && expiresAt - session.expiresAt.getTime() > DAY_MS) {
    await prolongSession(call.databases.owner, community, { tokenHash: secretHash(token), seenAt, expiresAt });
    give(call, slug, { token, seconds: HUB_SESSION_DAYS * 86_400 });
  }
  const { sessionId, accountId, memberId, name, groupIds, unread } = session;
  return { kind: "member", sessionId, accountId, memberId, name, groupIds, unread };
}

/** Where somebody signs in. */
export interface SigningIn extends Call {
  readonly community: CommunityId;
  readonly facts: { readonly slug: string };
}

/** Begins a session of an account; one that this browser had before ends. */
export async function beginSession(call: SigningIn, accountId: string): Promise<void> {
  const { community, facts } = call;
  const before = tokenIn(call, facts.slug);
  const db = call.databases.owner;
  if (before !== undefined) await dropSession(db, community, secretHash(before));
  const token = newSecret();
  const at = call.now();
  const expiresAt = at + HUB_SESSION_DAYS * DAY_MS;
  const device = deviceOf(call.headers.get("user-agent"));
  await addSession(db, community, { id: newId(at), tokenHash: secretHash(token), accountId, device, at, expiresAt });
  give(call, facts.slug, { token, seconds: HUB_SESSION_DAYS * 86_400 });
  const theme = await themeOf(db, community, accountId);
  if (theme !== "auto") call.answerHeaders.append("set-cookie", themeCookie(call, theme));
}

/** Ends this browser's session. */
export async function endSession(call: SigningIn): Promise<void> {
  const token = tokenIn(call, call.facts.slug);
  if (token !== undefined) await dropSession(call.databases.owner, call.community, secretHash(token));
  give(call, call.facts.slug, { token: "", seconds: 0 });
}
