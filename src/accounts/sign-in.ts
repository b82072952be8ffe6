import { betterAuth } from "better-auth";
import { isAPIError } from "better-auth/api";
import type { Db } from "../base/database.ts";
import { newId } from "../base/ids.ts";
import { logger } from "../base/logger.ts";
import { refuse } from "../base/refusal.ts";
import { SESSION_DAYS } from "./model.ts";

/** What sign-in needs to know of the installation. */
export interface SignInSetup {
  readonly db: Db;
  /** The address people use; decides the name and safety of the cookie. */
  readonly publicUrl: string;
  /** Signs the session cookies. */
  readonly secret: string;
}

/** Columns of a library that speaks camel case in tables that do not. */
const stamps = { createdAt: "created_at", updatedAt: "updated_at" };
const methodColumns = {
  userId: "user_id",
  providerId: "provider_id",
  accountId: "account_id",
  accessToken: "access_token",
  refreshToken: "refresh_token",
  idToken: "id_token",
  accessTokenExpiresAt: "access_token_expires_at",
  refreshTokenExpiresAt: "refresh_token_expires_at",
  ...stamps,
};

const DAY_SECONDS = 86_400;

function openLibrary({ db, publicUrl, secret }: SignInSetup) {
  return betterAuth({
    baseURL: publicUrl,
    secret,
    database: { db, type: "postgres", transaction: true },
    // People get accounts by the first link and, later, by invitation; never by themselves.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    user: { modelName: "users", fields: { emailVerified: "email_verified", ...stamps } },
    account: { modelName: "sign_in_methods", fields: methodColumns },
    session: {
      modelName: "sessions",
      fields: {
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        ...stamps,
      },
      expiresIn: SESSION_DAYS * DAY_SECONDS,
      updateAge: DAY_SECONDS,
    },
    verification: { modelName: "verifications", fields: { expiresAt: "expires_at", ...stamps } },
    advanced: {
      cookiePrefix: "veche",
      database: { generateId: () => newId(Date.now()) },
      ipAddress: { disableIpTracking: true },
    },
    // Limits are ours (limits.ts), and so is the check of where a write comes from: no request reaches the library itself.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { log: (level, message) => logger[level === "error" ? "error" : "debug"]({ part: "sign-in" }, message) },
  });
}

/** A session that stands. */
export interface Session {
  readonly id: string;
  readonly userId: string;
}

/** Who may come in: passwords and sessions. Each function answers with what it did to the cookies in `answer`. */
export interface SignIn {
  sessionOf(headers: Headers, answer: Headers): Promise<Session | undefined>;
  /** Refuses with the same words, after the same time, whether the address or the password is wrong. */
  signIn(who: { email: string; password: string }, headers: Headers, answer: Headers): Promise<void>;
  signOut(headers: Headers, answer: Headers): Promise<void>;
  /** Every other session of the person ends. */
  changePassword(change: { current: string; next: string }, headers: Headers, answer: Headers): Promise<void>;
  hashPassword(password: string): Promise<string>;
}

function copyCookies(from: Headers, to: Headers): void {
  for (const cookie of from.getSetCookie()) to.append("set-cookie", cookie);
}

function isRefused(error: unknown): boolean {
  return isAPIError(error) && error.statusCode < 500;
}

/** Opens sign-in over our own tables. */
export function openSignIn(setup: SignInSetup): SignIn {
  const library = openLibrary(setup);
  return {
    sessionOf: async (headers, answer) => {
      const found = await library.api.getSession({ headers, returnHeaders: true });
      copyCookies(found.headers, answer);
      return found.response === null ? undefined : { id: found.response.session.id, userId: found.response.user.id };
    },
    signIn: async (body, headers, answer) => {
      try {
        const done = await library.api.signInEmail({
          body: { ...body, rememberMe: true },
          headers,
          returnHeaders: true,
        });
        copyCookies(done.headers, answer);
      } catch (error) {
        if (!isRefused(error)) throw error;
        refuse("unauthenticated", "accounts.wrong-password");
      }
    },
    signOut: async (headers, answer) => {
      copyCookies((await library.api.signOut({ headers, returnHeaders: true })).headers, answer);
    },
    changePassword: async ({ current, next }, headers, answer) => {
      try {
        const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
        copyCookies((await library.api.changePassword({ body, headers, returnHeaders: true })).headers, answer);
      } catch (error) {
        if (!isRefused(error)) throw error;
        refuse("invalid", "accounts.wrong-current-password");
      }
    },
    hashPassword: async (password) => (await library.$context).password.hash(password),
  };
}
