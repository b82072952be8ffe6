import { callerWith, openApiKey } from "#src/accounts/actions.ts";
import type { Caller } from "#src/accounts/call.ts";
import { type SignIn, sessionToken } from "#src/accounts/sign-in.ts";
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
  return callerWith(opened);
}

/**
 * Who a request comes from. A key that does not work is refused at once, even where nobody need sign in; a cookie that
 * does not work makes the visitor a stranger. Cookies of a prolonged session are put into `answer`.
 */
export async function callerOf(door: Doorkeeper, headers: Headers, answer: Headers): Promise<Caller> {
  const authorization = headers.get("authorization");
  if (authorization !== null) return keyCaller(door, authorization);
  if (sessionToken(headers) === undefined) return { kind: "nobody" };
  const session = await door.signIn.sessionOf({ headers, answerHeaders: answer });
  return session === undefined
    ? { kind: "nobody" }
    : { kind: "person", profile: session.profile, sessionId: session.id };
}
