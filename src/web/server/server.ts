import { createServer } from "node:http";
import { getConnInfo } from "@hono/node-server/conninfo";
import { getRequestListener } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import type { AnyRouter } from "@orpc/server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import type { Call } from "#src/accounts/call.ts";
import type { PageDoor } from "#src/accounts/page-door.ts";
import type { RawRoute } from "#src/accounts/raw-route.ts";
import { Refusal } from "#src/base/refusal.ts";
import type { ChangeFeed } from "#src/log/changes.ts";
import { m } from "#words";
import { preferredLocale } from "#words/runtime";
import type { PageApi } from "../context.ts";
import type { openPages } from "../page-server.ts";
import { newNonce, pageHeaders, plainHeaders } from "../security.ts";
import { API_PREFIX, brokenBy } from "./api-door.ts";
import { type Arrival, type Desk, openDesk, withAnswerHeaders } from "./desk.ts";
import { openEventStreams } from "./event-stream.ts";
import type { Metrics } from "./metrics.ts";
import { describeApi } from "./openapi.ts";
import { isNear } from "./origin.ts";
import { addOwnDomains } from "./own-domains.ts";
import { addPageDoors, openPageDoors } from "./page-doors.ts";
import { problemResponse } from "./problem.ts";
import { referencePage } from "./reference.ts";
import type { Services } from "./request-call.ts";

/** Answers requests for pages; what `openPages` returns. */
export type Pages = ReturnType<typeof openPages>;

/** What the server serves. */
export interface SiteSetup {
  readonly services: Services;
  readonly router: AnyRouter;
  readonly rawRoutes: readonly RawRoute[];
  readonly pageDoors: readonly PageDoor[];
  /** The procedures as functions for one visitor, for pages. */
  readonly apiFor: (call: Call) => PageApi;
  readonly publicUrl: string;
  readonly version: string;
  readonly feed: ChangeFeed;
  readonly metrics: Metrics;
  /** Undefined while the pages are not built. */
  readonly pages: Pages | undefined;
  /** The folder of the built pages' files for browsers. */
  readonly clientFolder: string;
  /** Whether the database answers with the schema this version wants. */
  readonly isReady: () => Promise<boolean>;
}

/** JSON bodies and forms. Files come through raw routes, each with a limit of its own. */
const BODY_BYTES = 1024 * 1024;

/** How much of a refused body is still read, so that clients that only listen after sending get to hear why. */
const READ_AWAY_BYTES = 32 * BODY_BYTES;

async function readAway(body: ReadableStream<Uint8Array> | null): Promise<void> {
  let read = 0;
  for await (const piece of body ?? []) {
    read += piece.byteLength;
    if (read > READ_AWAY_BYTES) return;
  }
}

function kindOf(path: string): string {
  if (path.startsWith("/api")) return "api";
  if (path.startsWith("/assets/")) return "asset";
  return path === "/events" || path === "/metrics" || path.endsWith("z") ? "other" : "page";
}

function arrivalOf(c: Context): Arrival {
  return { request: c.req.raw, connection: getConnInfo(c).remote.address ?? "" };
}

function addWatch(app: Hono, { metrics, isReady, publicUrl }: SiteSetup): void {
  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) => {
    const ready = await isReady().catch(() => false);
    return c.text(ready ? "ready" : "not ready", ready ? 200 : 503);
  });
  // Figures tell how large communities are: for this machine and its network, not for the world behind a proxy.
  app.get("/metrics", async (c) => {
    const near = isNear(getConnInfo(c).remote.address ?? "") && c.req.header("x-forwarded-for") === undefined;
    if (!near) return c.text(`ask for it from inside the network of ${publicUrl}`, 403);
    return c.text(await metrics.text(), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
  });
}

function addDocuments(app: Hono, setup: SiteSetup): void {
  const document = describeApi(setup.router, setup.rawRoutes, setup.version);
  app.get("/api/openapi.json", async (c) => c.json(await document, 200, { "cache-control": "no-cache" }));
  app.get("/api", async (c) => {
    const nonce = newNonce();
    const locale = preferredLocale(c.req.query("language") ?? c.req.header("accept-language"));
    const page = referencePage(await document, { address: setup.publicUrl, locale, nonce });
    return c.html(page, 200, { ...pageHeaders(nonce), vary: "Accept-Language" });
  });
}

function addApi(app: Hono, { rawRoutes }: SiteSetup, desk: Desk): void {
  const limit = bodyLimit({
    maxSize: BODY_BYTES,
    onError: async (c) => {
      await readAway(c.req.raw.body);
      const locale = preferredLocale(c.req.header("accept-language"));
      return problemResponse(new Refusal("too-large", "request.too-large", { limit: BODY_BYTES }), locale);
    },
  });
  const raw = new Set(rawRoutes.map((route) => route.method as string));
  app.all(`${API_PREFIX}/*`, async (c, next) => {
    // Raw routes count their own bytes; everything else is small.
    const isRaw = raw.has(c.req.method) && c.req.header("content-type") === "application/octet-stream";
    return isRaw ? next() : limit(c, next);
  });
  app.all(`${API_PREFIX}/*`, (c) => desk.api(arrivalOf(c)));
  // Programs that leave the version out get an answer they can read, not a page.
  app.all("/api/*", (c) => desk.api(arrivalOf(c)));
}

function addPages(app: Hono, setup: SiteSetup, desk: Desk): void {
  const { pages, apiFor, clientFolder } = setup;
  const immutable = { "cache-control": "public, max-age=31536000, immutable" };
  app.use("/assets/*", async (c, next) => {
    await next();
    if (c.res.status === 200) for (const [name, value] of Object.entries(immutable)) c.header(name, value);
  });
  // Without built pages there is no such folder, and the library would say so in words of its own.
  if (pages !== undefined) app.get("*", serveStatic({ root: clientFolder }));
  app.all("*", bodyLimit({ maxSize: BODY_BYTES }), async (c) => {
    if (pages === undefined)
      return c.text(m.web_server_no_pages({}, { locale: preferredLocale(c.req.header("accept-language")) }), 503);
    const call = await desk.visitor(arrivalOf(c));
    const profile = call.caller.kind === "person" ? call.caller.profile : undefined;
    const user =
      profile === undefined
        ? undefined
        : { ...profile, language: profile.language ?? undefined, timeZone: profile.timeZone ?? undefined };
    const api = apiFor(call);
    return withAnswerHeaders(await pages(c.req.raw, { api, user, requestId: call.requestId }), call);
  });
}

/** The whole site as one function from request to answer, and what must end before the process can. */
export function openSite(setup: SiteSetup): { app: Hono; endStreams: () => void } {
  const app = new Hono();
  const streams = openEventStreams(setup.feed);
  app.use(async (c, next) => {
    const start = performance.now();
    await next();
    const { method, path } = c.req;
    const seconds = (performance.now() - start) / 1000;
    setup.metrics.observe({ kind: kindOf(path), method, status: c.res.status, seconds });
  });
  app.onError((error, c) => {
    const locale = preferredLocale(c.req.header("accept-language"));
    return problemResponse(brokenBy(error, "unknown"), locale);
  });
  app.use("/api/*", compress());
  app.use("/assets/*", compress());
  const desk = openDesk(setup);
  const stopping = new AbortController();
  const { pageDoors, publicUrl, services } = setup;
  const answer = openPageDoors({ desk, live: { feed: setup.feed, stopping: stopping.signal } });
  addOwnDomains(app, { pageDoors, publicUrl, answer, databases: services.databases, secrets: services.secrets });
  addWatch(app, setup);
  addDocuments(app, setup);
  addApi(app, setup, desk);
  app.get("/events", (c) => {
    const arrival = arrivalOf(c);
    // Whoever asks for the head alone would never read, nor close, a stream.
    const listens = arrival.request.method !== "HEAD";
    return desk.inCommunity(arrival, c.req.query("community") ?? "", (call) =>
      listens ? streams.open(call, arrival.request.signal) : new Response(null),
    );
  });
  addPageDoors(app, pageDoors, answer);
  addPages(app, setup, desk);
  const endStreams = (): void => {
    streams.stop();
    stopping.abort();
  };
  return { app, endStreams };
}

/** A server that listens. */
export interface Listening {
  /** The port it got, which differs from the wanted one only when that was 0. */
  readonly port: number;
  /** Takes no new requests and lets those that run finish, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const plain = Object.entries(plainHeaders);

/** Listens on a port, adds the headers that every answer carries; rejects with the system's error when it is taken. */
export async function listen(app: Hono, place: { host: string; port: number }): Promise<Listening> {
  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    // Before the answer is made: headers added to one that is ready make Hono take it apart and put it together anew.
    for (const [name, value] of plain) response.setHeader(name, value);
    void answer(request, response);
  });
  // Longer than any proxy keeps a connection idle, so that none is closed under a request on its way.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(place.port, place.host, () => resolve());
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : place.port;
  return {
    port,
    stop: async (graceMs) => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(late);
    },
  };
}
