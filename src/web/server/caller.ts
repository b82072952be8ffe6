import { openApiKey } from "#src/accounts/actions.ts";
import type { Caller } from "#src/accounts/call.ts";
import { profileOf } from "#src/accounts/queries.ts";
import type { SignIn } from "#src/accounts/sign-in.ts";
import type { Databases } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";

/** What finding out who knocks needs. */
export interface Doorkeeper {
  readonly databases: Databases;
  readonly signIn: SignIn;
  readonly now: () => number;
}

const BEARER = /^Bearer +(\S+) *$/i;

async function keyCaller({ databases, now }: Doorkeeper, authorization: string): Promise<Caller> {
  const token = BEARER.exec(authorization)?.[1] ?? "";
  const opened = await openApiKey(databases, token, now());
  if (opened === undefined) return refuse("unauthenticated", "accounts.bad-key");
  const { key, communityId } = opened;
  return { kind: "key", id: key.id, name: key.name, role: key.role, communityId };
}

/** Whether the browser sent a session cookie of ours, whatever it is worth. */
export function hasSessionCookie(headers: Headers): boolean {
  return /(?:^|;\s*)(?:__Secure-)?veche\.session_token=/.test(headers.get("cookie") ?? "");
}

/**
 * Who a request comes from. A key that does not work is refused at once, even where nobody need sign in; a cookie that
 * does not work makes the visitor a stranger. Cookies of a prolonged session are put into `answer`.
 */
export async function callerOf(door: Doorkeeper, headers: Headers, answer: Headers): Promise<Caller> {
  const authorization = headers.get("authorization");
  if (authorization !== null) return keyCaller(door, authorization);
  if (!hasSessionCookie(headers)) return { kind: "nobody" };
  const session = await door.signIn.sessionOf(headers, answer);
  const profile = session === undefined ? undefined : await profileOf(door.databases.owner, session.userId);
  if (session === undefined || profile === undefined) return { kind: "nobody" };
  return { kind: "person", profile, sessionId: session.id };
}
