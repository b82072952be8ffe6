import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { type Profile, SESSION_DAYS } from "./model.ts";
import { newSecret, secretHash as tokenHash } from "./one-time-token.ts";
import { hashPassword, isPassword } from "./passwords.ts";
import { awaitedFactors } from "./second-factor.ts";
import { addHalf, dropHalf, halfOf } from "./store/half-sign-ins.ts";
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
  /**
   * Refuses with the same words, after the same time, whether the address or the password is wrong. Where the password is
   * not enough it begins half a sign-in, which waits ten minutes for the second factor, and returns false.
   */
  signIn(who: { email: string; password: string }, exchange: Exchange): Promise<boolean>;
  /** Whose half sign-in this browser has. */
  halfOf(exchange: Exchange): Promise<string | undefined>;
  /** Turns half a sign-in into a whole one, once the second factor was right. Refuses when it is over. */
  finish(exchange: Exchange): Promise<void>;
  /** Whether this is the person's password; takes as long when they have none. */
  isPasswordOf(person: Pick<Profile, "email">, password: string): Promise<boolean>;
  signOut(exchange: Exchange): Promise<void>;
  /** Every other session of the person ends. */
  changePassword(change: { current: string; next: string; person: Profile; sessionId: string }): Promise<void>;
}

const DAY_MS = 86_400_000;
const COOKIE = "veche_session";
const HALF_COOKIE = "veche_half";
/** Time to find the phone with the codes. */
const HALF_MS = 10 * 60_000;
/** Long enough for every browser's name; longer ones are cut. */
const AGENT_LENGTH = 300;

interface Setup {
  readonly databases: Databases;
  /** Over https the cookie is never sent without it. */
  readonly publicUrl: string;
  readonly now: () => number;
}

/** `__Host-` makes the browser refuse a cookie that a neighbouring subdomain tries to plant. */
function nameOf(publicUrl: string, cookie: string): string {
  return publicUrl.startsWith("https:") ? `__Host-${cookie}` : cookie;
}

function tokenIn(headers: Headers, name: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(headers.get("cookie") ?? "")?.[1];
}

/** The session token in a request's cookies, whether it came over https or not. */
export function sessionToken(headers: Headers): string | undefined {
  return tokenIn(headers, `(?:__Host-)?${COOKIE}`);
}

function cookieLine(publicUrl: string, cookie: string, { token, seconds }: { token: string; seconds: number }): string {
  const safe = publicUrl.startsWith("https:") ? "; Secure" : "";
  return `${nameOf(publicUrl, cookie)}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${safe}`;
}

function dropCookie(answer: Headers, publicUrl: string, cookie: string): void {
  answer.append("set-cookie", cookieLine(publicUrl, cookie, { token: "", seconds: 0 }));
}

/** Sign-ins between the password and the second factor. */
function openHalves({ databases: { owner: db }, publicUrl, now }: Setup) {
  const tokenOf = ({ headers }: Exchange): string => tokenIn(headers, nameOf(publicUrl, HALF_COOKIE)) ?? "";
  const whose = (exchange: Exchange) => halfOf(db, tokenHash(tokenOf(exchange)), now());
  return {
    whose,
    begin: async (userId: string, { answerHeaders }: Exchange): Promise<void> => {
      const token = newSecret();
      await addHalf(db, { tokenHash: tokenHash(token), userId, expiresAt: now() + HALF_MS });
      answerHeaders.append("set-cookie", cookieLine(publicUrl, HALF_COOKIE, { token, seconds: HALF_MS / 1000 }));
    },
    /** Ends it and says whose it was; refuses when it is over already. */
    take: async (exchange: Exchange): Promise<string> => {
      const userId = await whose(exchange);
      const isMine = userId !== undefined && (await dropHalf(db, tokenHash(tokenOf(exchange))));
      if (!isMine) return refuse("unauthenticated", "accounts.half-over");
      dropCookie(exchange.answerHeaders, publicUrl, HALF_COOKIE);
      return userId;
    },
  };
}

/** Asking for somebody's password, and changing it. */
function openPasswords({ databases, now }: Setup): Pick<SignIn, "isPasswordOf" | "changePassword"> {
  const db = databases.owner;
  return {
    isPasswordOf: async ({ email }, password) => isPassword(password, (await passwordOf(db, email))?.hash),
    changePassword: async ({ current, next, person, sessionId }) => {
      const kept = await passwordOf(db, person.email);
      if (!(await isPassword(current, kept?.hash))) refuse("invalid", "accounts.wrong-current-password");
      const change = { hash: await hashPassword(next), keptSession: sessionId, at: now() };
      await databases.asOwner((tx) => replacePassword(tx, person.id, change));
    },
  };
}

/** Opens sign-in. Only hashes of passwords and of session tokens are ever stored. */
export function openSignIn(setup: Setup): SignIn {
  const { databases, publicUrl, now } = setup;
  const db = databases.owner;
  const halves = openHalves(setup);
  const mine = (headers: Headers): string | undefined => tokenIn(headers, nameOf(publicUrl, COOKIE));
  const lifetime = SESSION_DAYS * DAY_MS;

  const give = (answer: Headers, token: string): void =>
    answer.append("set-cookie", cookieLine(publicUrl, COOKIE, { token, seconds: lifetime / 1000 }));

  const begin = async (userId: string, { headers, answerHeaders }: Exchange): Promise<void> => {
    // A session that somebody planted in this browser must not become one of this person.
    const planted = mine(headers);
    if (planted !== undefined) await dropSession(db, tokenHash(planted));
    const token = newSecret();
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
      const token = mine(headers);
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
      const isWhole = (await awaitedFactors(db, kept.userId)).length === 0;
      await (isWhole ? begin(kept.userId, exchange) : halves.begin(kept.userId, exchange));
      return isWhole;
    },
    halfOf: halves.whose,
    finish: async (exchange) => begin(await halves.take(exchange), exchange),
    signOut: async ({ headers, answerHeaders }) => {
      const token = mine(headers);
      if (token !== undefined) await dropSession(db, tokenHash(token));
      dropCookie(answerHeaders, publicUrl, COOKIE);
    },
    ...openPasswords(setup),
  };
}
