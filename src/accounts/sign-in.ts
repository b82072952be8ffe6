import { hash, randomBytes } from "node:crypto";
import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { type Profile, SESSION_DAYS } from "./model.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import {
  addSession,
  dropSession,
  passwordOf,
  prolongSession,
  replacePassword,
  type StandingSession,
  standingSession,
} from "./store/sessions.ts";

/** A request's headers and those of its answer, into which cookies go. */
export interface Exchange {
  readonly headers: Headers;
  readonly answerHeaders: Headers;
}

/** Who may come in: passwords and sessions. */
export interface SignIn {
  /** The session that the request's cookie stands for. One that is used is prolonged, once a day. */
  sessionOf(exchange: Exchange): Promise<StandingSession | undefined>;
  /** Begins a session for somebody who has proved who they are. */
  begin(userId: string, exchange: Exchange): Promise<void>;
  /** Refuses with the same words, after the same time, whether the address or the password is wrong. */
  signIn(who: { email: string; password: string }, exchange: Exchange): Promise<void>;
  signOut(exchange: Exchange): Promise<void>;
  /** Every other session of the person ends. */
  changePassword(change: { current: string; next: string; person: Profile; sessionId: string }): Promise<void>;
}

const DAY_MS = 86_400_000;
const COOKIE = "veche_session";
/** Long enough for every browser's name; longer ones are cut. */
const AGENT_LENGTH = 300;

interface Setup {
  readonly databases: Databases;
  /** Over https the cookie is never sent without it. */
  readonly publicUrl: string;
  readonly now: () => number;
}

function tokenHash(token: string): Buffer {
  return hash("sha256", token, "buffer");
}

/** The session token in a request's cookies. */
export function sessionToken(headers: Headers): string | undefined {
  return new RegExp(`(?:^|;\\s*)(?:__Host-)?${COOKIE}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(
    headers.get("cookie") ?? "",
  )?.[1];
}

function cookieLine(publicUrl: string, token: string, seconds: number): string {
  const isSafe = publicUrl.startsWith("https:");
  // `__Host-` makes the browser refuse a cookie that a neighbouring subdomain tries to plant.
  const name = isSafe ? `__Host-${COOKIE}` : COOKIE;
  return `${name}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isSafe ? "; Secure" : ""}`;
}

/** Opens sign-in. Only hashes of passwords and of session tokens are ever stored. */
export function openSignIn({ databases, publicUrl, now }: Setup): SignIn {
  const db = databases.owner;
  const lifetime = SESSION_DAYS * DAY_MS;

  const give = (answer: Headers, token: string): void =>
    answer.append("set-cookie", cookieLine(publicUrl, token, lifetime / 1000));

  const begin = async (userId: string, { headers, answerHeaders }: Exchange): Promise<void> => {
    const token = randomBytes(32).toString("base64url");
    const at = now();
    const userAgent = headers.get("user-agent")?.slice(0, AGENT_LENGTH).toWellFormed();
    await addSession(db, {
      id: newId(at),
      userId,
      tokenHash: tokenHash(token),
      userAgent,
      at,
      expiresAt: at + lifetime,
    });
    give(answerHeaders, token);
  };

  return {
    begin,
    sessionOf: async ({ headers, answerHeaders }) => {
      const token = sessionToken(headers);
      if (token === undefined) return undefined;
      const at = now();
      const session = await standingSession(db, tokenHash(token), at);
      if (session !== undefined && at - session.usedAt > DAY_MS) {
        await prolongSession(db, session.id, { usedAt: at, expiresAt: at + lifetime });
        give(answerHeaders, token);
      }
      return session;
    },
    signIn: async ({ email, password }, exchange) => {
      const kept = await passwordOf(db, email);
      const fits = await isPassword(password, kept?.hash);
      if (!fits || kept === undefined) return refuse("unauthenticated", "accounts.wrong-password");
      // A session that somebody planted in this browser must not become one of this person.
      const planted = sessionToken(exchange.headers);
      if (planted !== undefined) await dropSession(db, tokenHash(planted));
      await begin(kept.userId, exchange);
    },
    signOut: async ({ headers, answerHeaders }) => {
      const token = sessionToken(headers);
      if (token !== undefined) await dropSession(db, tokenHash(token));
      answerHeaders.append("set-cookie", cookieLine(publicUrl, "", 0));
    },
    changePassword: async ({ current, next, person, sessionId }) => {
      const kept = await passwordOf(db, person.email);
      if (!(await isPassword(current, kept?.hash))) refuse("invalid", "accounts.wrong-current-password");
      const change = { hash: await hashPassword(next), keptSession: sessionId, at: now() };
      await databases.asOwner((tx) => replacePassword(tx, person.id, change));
    },
  };
}
