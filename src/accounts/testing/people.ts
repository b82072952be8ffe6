import { createRouterClient } from "@orpc/server";
import { sql } from "kysely";
import { provenCommunity } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { accountsApi } from "../api.ts";
import type { Call, Caller, CommunityFacts } from "../call.ts";
import type { Profile, Role } from "../model.ts";
import { hashPassword } from "../passwords.ts";
import { openSignIn } from "../sign-in.ts";
import { addPerson } from "../store/people.ts";
import { giveRole } from "../store/roles.ts";
import { testCall } from "./call.ts";

/** What everybody's password is in tests: hashing takes a while. */
export const PASSWORD = "a password for tests";
const hashed = await hashPassword(PASSWORD);

/** A community with nobody in it. */
export async function testCommunity(databases: Databases, slug: string): Promise<CommunityFacts> {
  const facts = { id: newId(Date.now()), slug, name: slug, language: "en", timeZone: "UTC" } as const;
  await sql`insert into communities (id, slug, name, language, time_zone, created_at)
    values (${facts.id}, ${slug}, ${slug}, 'en', 'UTC', now())`.execute(databases.owner);
  return facts;
}

/** A person who can sign in with `PASSWORD`, with a part in a community when one is given. */
export async function testPerson(
  databases: Databases,
  name: string,
  part: { in?: CommunityFacts; as?: Role; isInstallOwner?: boolean } = {},
): Promise<Profile> {
  const now = Date.now();
  const { in: community, as: role, isInstallOwner = false } = part;
  const settings = { language: null, theme: "auto", timeZone: null } as const;
  const profile = { id: newId(now), name, email: `${name}@camp.example`, isInstallOwner, ...settings };
  await databases.asOwner(async (tx) => {
    await addPerson(tx, { ...profile, passwordHash: hashed, at: now });
    if (community === undefined || role === undefined) return;
    await giveRole(tx, provenCommunity(community.id), { userId: profile.id, role, at: now });
  });
  return profile;
}

/** Calls the procedures of accounts for one caller after another. */
export interface Callers {
  /** As this person, signed in a moment ago; a stranger when there is none. */
  as(person?: Profile, parts?: Partial<Call>): ReturnType<typeof clientOf>;
  asCaller(caller: Caller, parts?: Partial<Call>): ReturnType<typeof clientOf>;
}

function clientOf(call: Call) {
  return createRouterClient(accountsApi, { context: call });
}

/** Opens the procedures of accounts for tests, with sign-in that works. `shared` replaces what every call brings along. */
export function openCallers(
  databases: Databases,
  communities: readonly CommunityFacts[],
  shared: Partial<Call> = {},
): Callers {
  const now = shared.now ?? (() => Date.now());
  const signIn = openSignIn({ databases, publicUrl: "http://localhost", now });
  const asCaller = (caller: Caller, parts: Partial<Call> = {}) =>
    clientOf(testCall({ databases, caller, communities }, { signIn, ...shared, ...parts }));
  const as = (person?: Profile, parts: Partial<Call> = {}) =>
    asCaller(
      person === undefined ? { kind: "nobody" } : { kind: "person", profile: person, sessionId: newId(now()) },
      parts,
    );
  return { as, asCaller };
}

/** A browser of a test: keeps cookies from one question to the next. */
export interface TestBrowser {
  /** Calls procedures with the cookies there are, and takes those of the answer. */
  ask<T>(work: (api: ReturnType<typeof clientOf>) => Promise<T>): Promise<T>;
  /** Whether somebody is signed in here. */
  isIn(): Promise<boolean>;
}

/** Opens a browser without cookies. */
export function openTestBrowser(databases: Databases, callers: Callers, now: () => number = Date.now): TestBrowser {
  const cookies = new Map<string, string>();
  const signIn = openSignIn({ databases, publicUrl: "http://localhost", now });
  const headersNow = () => new Headers({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") });
  const callerNow = async (headers: Headers): Promise<Caller> => {
    const session = await signIn.sessionOf({ headers, answerHeaders: new Headers() });
    if (session === undefined) return { kind: "nobody" };
    return { kind: "person", profile: session.profile, sessionId: session.id };
  };
  return {
    isIn: async () => (await callerNow(headersNow())).kind === "person",
    ask: async (work) => {
      const [headers, answerHeaders] = [headersNow(), new Headers()];
      const answer = await work(callers.asCaller(await callerNow(headers), { headers, answerHeaders }));
      for (const line of answerHeaders.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === "") cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    },
  };
}
