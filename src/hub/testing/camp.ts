import { createRouterClient } from "@orpc/server";
import type { Call, CommunityFacts } from "#src/accounts/call.ts";
import type { ToldFault } from "#src/accounts/page-door.ts";
import { InvalidRequest } from "#src/accounts/request-fault.ts";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { Refusal, statusOf } from "#src/base/refusal.ts";
import type { LiveSide } from "#src/accounts/page-door.ts";
import { createCommunity } from "#src/communities/actions.ts";
import { communityBySlug } from "#src/communities/queries.ts";
import { hubApi } from "../api.ts";
import type { HubSettings } from "../model.ts";
import { hubDoor } from "../site/door.ts";

type Client = ReturnType<typeof clientOf>;

function clientOf(call: Call) {
  return createRouterClient(hubApi, { context: call });
}

/** Somebody with a browser before a hub. */
export interface Guest {
  /** The procedures, with this browser's cookies. */
  readonly api: Client;
  /** A page as the browser gets it; `path` stands behind the hub's own address. */
  page(path: string): Promise<{ status: number; text: string; location: string }>;
  /** Opens the line of a page: `query` says of which. */
  listen(query: string, signal: AbortSignal): Promise<Response>;
  /** Sends a form. */
  send(
    path: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<{ status: number; text: string; location: string }>;
  /** Sends a form with files, as browsers do. */
  sendFiles(path: string, form: FormData): Promise<{ status: number; text: string; location: string }>;
  /** What a cookie of this browser holds; empty without it. */
  cookie(name: string): string;
  /** Opens a file by its whole address. */
  open(address: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** A community with an open hub and one board. */
export interface Camp {
  readonly facts: CommunityFacts;
  readonly community: CommunityId;
  readonly board: string;
  /** As an owner's key: setting up and keeping order. */
  readonly team: Client;
  guest(): Guest;
  /** Somebody who has just joined under this name. */
  member(name: string): Promise<Guest & { memberId: string; email: string }>;
  /** One of the team, signed in to the console. */
  staff(name: string): Guest;
}

/** The password of everybody here: hashing takes a while, and so few people join. */
export const PASSWORD = "a password for tests";

function explain(error: unknown): ToldFault {
  if (!(error instanceof Refusal)) throw error;
  const told = { status: statusOf(error.kind), code: error.code, title: error.kind, detail: error.code };
  if (!(error instanceof InvalidRequest)) return told;
  return { ...told, faults: error.faults.map(({ field, kind }) => ({ field, code: kind, detail: kind })) };
}

interface Place {
  readonly databases: Databases;
  readonly slug: string;
  /** What every call of this camp brings along instead of the usual. */
  readonly parts: Partial<Call>;
  readonly live: LiveSide;
}

/** For camps in which nobody listens. */
const silence: LiveSide = {
  feed: { watch: () => () => undefined, stop: async () => undefined },
  stopping: new AbortController().signal,
};

function callIn({ databases, parts: shared }: Place, parts: Partial<Call>, caller: Call["caller"]): Call {
  const findCommunity = (slug: string) => communityBySlug(databases, slug);
  return testCall(
    { databases, caller, communities: [] },
    { findCommunity, limits: { take: () => undefined }, ...shared, ...parts },
  );
}

/** A browser that keeps its cookies. */
function openBrowser(place: Place, caller: Call["caller"] = { kind: "nobody" }): Guest {
  const { slug } = place;
  const cookies = new Map<string, string>();
  const answerHeaders = new Headers();
  const headersNow = (): Headers => {
    for (const line of answerHeaders.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
      cookies.set(name, value);
    }
    answerHeaders.delete("set-cookie");
    const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join("; ");
    return new Headers(cookie === "" ? {} : { cookie });
  };
  const calling = (): Call => callIn(place, { headers: headersNow(), answerHeaders }, caller);
  const asked = (request: Request): Promise<Response> => {
    const again = async (): Promise<Call> => calling();
    return hubDoor.answer(request, { call: calling(), explain, theme: "auto", again, live: place.live });
  };
  const answered = async (path: string, init: RequestInit = {}) => {
    const request = new Request(`http://localhost/c/${slug}${path}`, init);
    const response = await asked(request);
    return { status: response.status, text: await response.text(), location: response.headers.get("location") ?? "" };
  };
  const live: Call = {
    ...calling(),
    get headers() {
      return headersNow();
    },
  };
  return {
    api: clientOf(live),
    page: (path) => answered(path),
    listen: (query, signal) => asked(new Request(`http://localhost/c/${slug}/live?${query}`, { signal })),
    send: (path, fields) => answered(path, { method: "POST", body: new URLSearchParams(fields) }),
    sendFiles: (path, body) => answered(path, { method: "POST", body }),
    cookie: (name) => {
      headersNow();
      return cookies.get(name) ?? "";
    },
    open: (address, headers = {}) => asked(new Request(`http://localhost${address}`, { headers })),
  };
}

async function join(place: Place, name: string): Promise<Guest & { memberId: string; email: string }> {
  const one = openBrowser(place);
  const email = `${newId(Date.now())}@camp.example`;
  const wish = { community: place.slug, name, email, password: PASSWORD, acceptsRules: true } as const;
  const { you } = await one.api.people.join(wish);
  return { ...one, memberId: you?.memberId ?? "", email };
}

/**
 * Opens a hub in a community of its own. `settings` change what `changeHub` opens, `parts` what its calls bring along;
 * `live` is what its open pages hear from.
 */
export async function openCamp(
  databases: Databases,
  settings: Partial<HubSettings> = {},
  { live = silence, ...parts }: Partial<Call> & { live?: LiveSide } = {},
): Promise<Camp> {
  const now = Date.now();
  const name = `Camp ${newId(now).slice(-6)}`;
  const wish = { name, slug: undefined, language: "en", timeZone: "UTC", ownerId: undefined, now } as const;
  const facts = await createCommunity(databases, wish);
  const place: Place = { databases, slug: facts.slug, parts, live };
  const team = clientOf(callIn(place, {}, keyIn(facts, "owner")));
  await team.setUp.change({ community: facts.slug, isOpen: true, ...settings });
  const [board] = (await team.setUp.allBoards({ community: facts.slug })).items;
  return {
    facts,
    community: provenCommunity(facts.id),
    board: board?.id ?? "",
    team,
    guest: () => openBrowser(place),
    member: (called) => join(place, called),
    staff: (called) => {
      const taste = { language: null, theme: "auto", timeZone: null, isInstallOwner: true } as const;
      const profile = { id: newId(now), name: called, email: `${called}@camp.example`, ...taste };
      return openBrowser(place, { kind: "person", profile, sessionId: newId(now) });
    },
  };
}
