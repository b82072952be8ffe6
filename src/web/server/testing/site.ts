import { createRouterClient } from "@orpc/server";
import { afterAll } from "vitest";
import { createApiKey } from "#src/accounts/actions.ts";
import { type Limits, openLimits } from "#src/accounts/limits.ts";
import type { Role } from "#src/accounts/model.ts";
import { testCall } from "#src/accounts/testing/call.ts";
import { openSignIn, type SignIn } from "#src/accounts/sign-in.ts";
import { addPerson } from "#src/accounts/store/people.ts";
import { setRole } from "#src/accounts/actions.ts";
import { router } from "#src/app-router.ts";
import { provenCommunity } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { startJobs } from "#src/base/jobs.ts";
import { testTools } from "#src/base/testing/jobs.ts";
import { schemaIsCurrent } from "#src/base/migrations.ts";
import { createCommunity } from "#src/communities/actions.ts";
import type { Community } from "#src/communities/model.ts";
import { communityBySlug } from "#src/communities/queries.ts";
import { features } from "#src/features.ts";
import { openChanges } from "#src/log/changes.ts";
import { openMetrics } from "../metrics.ts";
import type { Services } from "../request-call.ts";
import { listen, openSite, type Pages } from "../server.ts";

/** The site of a test: real sockets, unless it is opened without, a real database, no pages. */
export interface TestSite {
  readonly address: string;
  /** Sends a request the way this site is reached. */
  readonly send: (address: string, request: RequestInit) => Promise<Response>;
  readonly signIn: SignIn;
  readonly limits: Limits;
  readonly databases: Databases;
}

/** Asks the site for something below `/api/v1`. `as` is a key's token, a cookie line, or nothing. */
export interface Question {
  readonly method?: string;
  readonly as?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** What the site answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as JSON; undefined when it is something else. */
  readonly json: Record<string, unknown> | undefined;
}

/** A field of an answer that is text; empty when it is something else. */
export function textOf(answer: Answer, field: string): string {
  const value = answer.json?.[field];
  return typeof value === "string" ? value : "";
}

/** What a site of a test has besides the usual services, or instead of them. */
interface Parts extends Partial<Services> {
  /** Built pages. */
  readonly pages?: Pages;
  /** For walks of thousands of requests: each is handed to the site in this process, which costs half of one over a socket. */
  readonly withoutSockets?: true;
}

/** Who asks, where no socket says it. */
const NEAR = { incoming: { socket: { remoteAddress: "127.0.0.1", remotePort: 1, remoteFamily: "IPv4" } } };

/** Opens a site over a test's database; it is closed when the file's tests are over. */
export async function testSite(
  databases: Databases,
  { pages, withoutSockets, ...parts }: Parts = {},
): Promise<TestSite> {
  const now = (): number => Date.now();
  const jobs = await startJobs({
    ...testTools,
    databases,
    jobs: features.flatMap((feature) => feature.jobs),
    works: false,
  });
  const signIn = openSignIn({ databases, publicUrl: "http://localhost", now });
  const feed = await openChanges(databases.ownerUrl);
  const services = {
    ...testTools,
    databases,
    jobs,
    signIn,
    limits: openLimits(now),
    consumers: [],
    adapters: [],
    now,
    findCommunity: (slug: string) => communityBySlug(databases, slug),
    ...parts,
  };
  const { app, endStreams } = openSite({
    services,
    router,
    rawRoutes: features.flatMap((feature) => feature.rawRoutes),
    pageDoors: features.flatMap((feature) => feature.pageDoors ?? []),
    apiFor: (context) => createRouterClient(router, { context }),
    publicUrl: "http://localhost",
    version: "0.0.0",
    feed,
    metrics: openMetrics({ databases, jobs, consumers: [] }),
    pages,
    clientFolder: "migrations",
    isReady: () => schemaIsCurrent(databases.owner),
  });
  const listening = await listen(app, { host: "127.0.0.1", port: 0 });
  afterAll(async () => {
    endStreams();
    await listening.stop(1000);
    await feed.stop();
    await jobs.stop(1000);
  });
  const address = `http://127.0.0.1:${listening.port}`;
  const inside: TestSite["send"] = async (to, request) => {
    const asked = new Request(to, request);
    asked.headers.set("host", new URL(address).host);
    return app.fetch(asked, NEAR);
  };
  const send = withoutSockets === true ? inside : fetch;
  return { address, send, signIn, limits: services.limits, databases };
}

function bearer(as: string | undefined): Record<string, string> {
  if (as === undefined) return {};
  return as.startsWith("veche_") && as.includes("=") ? { cookie: as } : { authorization: `Bearer ${as}` };
}

/** Sends a request as a browser page of the site itself would, unless `headers` say otherwise. */
export async function ask(site: TestSite, path: string, question: Question = {}): Promise<Answer> {
  const { method = "GET", as, body, headers = {} } = question;
  const response = await site.send(`${site.address}/api/v1${path}`, {
    method,
    headers: {
      origin: site.address,
      ...bearer(as),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text !== "" && response.headers.get("content-type")?.includes("json") === true;
  // Every JSON body of the API is an object.
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : undefined;
  return { status: response.status, headers: response.headers, json };
}

/** A community of its own. */
export async function addTestCommunity(databases: Databases, name: string): Promise<Community> {
  const wish = { name, slug: undefined, language: "en", timeZone: "UTC", ownerId: undefined, now: Date.now() } as const;
  return createCommunity(databases, wish);
}

/** Opens the hub of a community to everybody, with a board to talk in. */
export async function openTestHub(databases: Databases, community: Community): Promise<void> {
  const facts = { ...community };
  const caller = { kind: "key", id: newId(0), name: "", role: "owner", communityId: community.id } as const;
  const call = testCall({ databases, caller, communities: [facts] });
  await createRouterClient(router, { context: call }).hub.setUp.change({ community: community.slug, isOpen: true });
}

/** The cookie of somebody who has just joined the hub of a community. */
export async function joinTestHub(site: TestSite, community: Community, name: string): Promise<string> {
  const body = { name, email: `${name}@camp.example`, password: "a password for tests", acceptsRules: true };
  const answer = await ask(site, `/communities/${community.slug}/hub/join`, { method: "POST", body });
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

/** A key's token for a role in a community. */
export async function addTestKey(databases: Databases, community: Community, role: Role): Promise<string> {
  const id = provenCommunity(community.id);
  const made = await databases.asCommunity(id, (tx) =>
    createApiKey(tx, id, { name: role, role, createdBy: undefined, now: Date.now() }),
  );
  return made.token;
}

/** A person, with a role in a community when one is given; without a password that would fit. Returns their id. */
export async function addTestPerson(
  databases: Databases,
  person: { isInstallOwner?: boolean; community?: Community; role?: Role },
): Promise<string> {
  const now = Date.now();
  const id = newId(now);
  const { isInstallOwner = false, community, role } = person;
  await databases.asOwner(async (tx) => {
    const settings = { language: null, theme: "auto", timeZone: null, isInstallOwner } as const;
    await addPerson(tx, { id, name: "Test", email: `${id}@example.com`, ...settings, passwordHash: "none", at: now });
    if (community !== undefined && role !== undefined) {
      await setRole(tx, provenCommunity(community.id), { userId: id, role, now });
    }
  });
  return id;
}

/** The cookie of a new session of a person. */
export async function sessionCookie(site: TestSite, userId: string): Promise<string> {
  const answerHeaders = new Headers();
  await site.signIn.begin(userId, { headers: new Headers(), answerHeaders });
  return answerHeaders.getSetCookie()[0]?.split(";")[0] ?? "";
}
