import { gunzipSync } from "node:zlib";
import type { PageDoor, PageVisit } from "#src/accounts/page-door.ts";
import type { Call } from "#src/accounts/call.ts";
import { inLocale } from "#src/base/locale.ts";
import { refuse } from "#src/base/refusal.ts";
import { m } from "#words";
import { hubPath } from "../model.ts";
import { isInTelegram } from "../people/frame-mark.ts";
import { hubBySlug, versionsAt } from "../store/hubs.ts";
import { openShelf } from "../store/kept.ts";
import { isWithFiles, readForm } from "../uploads/form.ts";
import { enterHub } from "../visitor.ts";
import { onTo, packed, packedAnswer, pageAnswer, takesPacked } from "./answer.ts";
import { listen } from "../live/listen.ts";
import { documentOf, faultNote } from "./frame.ts";
import { markup } from "./html.ts";
import { launchScript, launchScriptName } from "./launch-script.ts";
import { filesOf, textWithFiles } from "./files.ts";
import { forms } from "./send.ts";
import { pushWorker, pushWorkerPath } from "./push-worker.ts";
import { scriptNamed } from "./script.ts";
import { pages } from "./show.ts";
import { style, styleName } from "./style.ts";
import { visitOf } from "./visit.ts";
import { lookSheet } from "../theme/sheet.ts";
import { ownDomains } from "../domain/own.ts";
import { movedTo } from "./moved.ts";
import { atDomain, domainNow } from "./outward.ts";
import { signInPage } from "./doors.ts";
import { provenCommunity } from "#src/base/community-id.ts";

const PREFIX = "/c/";
const ADDRESS = /^\/c\/([a-z0-9]+(?:-[a-z0-9]+)*)(\/.*)?$/;
/** Pages that are the same for every guest, and change only with what they show. */
const KEEPABLE = /^(?:|\/topics|\/b\/[a-z0-9-]+|\/t\/(\d{1,9})(?:-[^/]*)?)$/;

/** What was here and is not any more, in the words of its refusal. */
const GONE: readonly string[] = ["hub.topic-deleted"];

/** Packed pages that guests were shown, each under its address, language and theme. */
const kept = openShelf<Buffer<ArrayBuffer>>(32 * 1024 * 1024);

interface Asked {
  readonly request: Request;
  readonly visit: PageVisit;
  readonly url: URL;
  readonly slug: string;
  /** What stands behind the hub's own address. */
  readonly rest: string;
}

function isGuest({ caller, headers }: Call): boolean {
  return caller.kind === "nobody" && headers.get("cookie")?.includes("veche_hub_") !== true && !isInTelegram(headers);
}

/** The page as an answer, and packed, when it can be kept. */
async function keepable(asked: Asked, make: () => Promise<Response>): Promise<Response> {
  const { request, visit, url, slug, rest } = asked;
  const found = KEEPABLE.exec(rest);
  if (found === null || !isGuest(visit.call)) return make();
  const topic = found[1] === undefined ? undefined : Number(found[1]);
  const versions = await versionsAt(visit.call.databases.planned, { slug, topic });
  if (versions === undefined) return make();
  // What is popular changes with time alone, once a minute at most.
  const minute = rest === "" ? Math.floor(visit.call.now() / 60_000) : 0;
  const version = `${versions} ${minute}`;
  const key = `${domainNow()?.origin ?? ""} ${slug} ${visit.call.locale} ${visit.theme} ${url.pathname}${url.search}`;
  const body = kept.find(key, version);
  if (body !== undefined && takesPacked(request)) return packedAnswer(body);
  if (body !== undefined) return pageAnswer(request, gunzipSync(body).toString());
  const answer = await make();
  if (answer.status !== 200) return answer;
  const fresh = takesPacked(request) ? Buffer.from(await answer.arrayBuffer()) : packed(await answer.text());
  kept.keep(key, { version, value: fresh, bytes: fresh.byteLength });
  return takesPacked(request) ? packedAnswer(fresh) : pageAnswer(request, gunzipSync(fresh).toString());
}

/** The line over which an open page hears what happens on it. Whoever asks for the head alone would never read it. */
async function live({ request, visit, url, slug }: Asked): Promise<Response> {
  const call = await enterHub(visit.call, slug, "hub.reader");
  if (request.method === "HEAD") return new Response(null);
  return listen({ visit: visitOf(visit, { call, url }), request, live: visit.live, again: visit.again });
}

function placeOf({ request, visit, url, slug, rest }: Asked): Parameters<typeof movedTo>[0] {
  return { call: visit.call, method: request.method, slug, rest, search: url.search };
}

async function show(asked: Asked): Promise<Response> {
  const { request, visit, url, slug, rest } = asked;
  if (rest === "/live") return live(asked);
  for (const { path, permission, show: showIt } of pages) {
    const found = path.exec(rest);
    if (found === null) continue;
    const call = await enterHub(visit.call, slug, permission);
    const moved = movedTo(placeOf(asked), call.hub.domain);
    if (moved !== undefined) return moved;
    if (call.leaving !== undefined && KEEPABLE.test(rest)) return onTo(`${hubPath(slug)}/leaving`);
    return showIt({ visit: visitOf(visit, { call, url }), request, fields: found.slice(1) });
  }
  return refuse("not-found", "hub.no-such-page");
}

async function send(asked: Asked): Promise<Response> {
  const { request, visit, url, slug, rest } = asked;
  for (const { path, permission, files, send: sendIt } of forms) {
    const found = path.exec(rest);
    if (found === null) continue;
    const letInAt = visit.call.now();
    const call = await enterHub(visit.call, slug, permission);
    const sent = await readForm(request, files === undefined ? undefined : filesOf(call, files));
    const leftOut = sent.leftOut.map(({ name, error }) => ({ name, fault: visit.explain(error) }));
    const typed = textWithFiles(slug, sent);
    const fields = found.slice(1);
    return sendIt({
      visit: visitOf(visit, { call, url, letInAt }),
      request,
      fields,
      typed,
      leftOut,
      files: sent.files,
      ticked: sent.ticked,
    });
  }
  return refuse("not-found", "hub.no-such-page");
}

/** What went wrong as a page of the hub where there is one, and a bare page where there is none. */
async function told(asked: Asked, error: unknown): Promise<Response> {
  const { request, visit, url, slug } = asked;
  const fault = visit.explain(error);
  const status = GONE.includes(fault.code) ? 410 : fault.status;
  const found = await hubBySlug(visit.call.databases.owner, slug);
  if (found?.hub.isOpen !== true || fault.code === "hub.no-such-hub") {
    const body = markup`<!doctype html><html lang="${visit.call.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${fault.title}</title><link rel="stylesheet" href="/c/-/${styleName}"></head><body><div class="frame plain"><main><h1>${fault.title}</h1><p>${fault.detail}</p></main></div></body></html>`;
    return pageAnswer(request, body.markup, fault.status);
  }
  const moved = movedTo(placeOf(asked), found.hub.domain);
  if (moved !== undefined) return moved;
  const community = provenCommunity(found.facts.id);
  const call = await enterHub(visit.call, slug, "hub.public").catch(() => undefined);
  if (call === undefined) return new Response(fault.detail, { status });
  const page = visitOf(visit, { call: { ...call, community }, url });
  const isDoor = fault.code === "hub.sign-in-first";
  const isLeaving = call.leaving !== undefined && (isDoor || fault.code === "hub.leaving-first");
  if (isLeaving) return onTo(`${page.home}/leaving`);
  if (isDoor) {
    if (request.method === "GET") page.url.searchParams.set("to", `${url.pathname}${url.search}`);
    return pageAnswer(request, signInPage(page, "", faultNote(fault)), status);
  }
  const main = markup`<h1>${fault.title}</h1>${faultNote(fault)}<p><a href="${page.home}">${m.hub_back_home()}</a></p>`;
  return pageAnswer(request, documentOf(page, { title: fault.title, main, isPlain: true }), status);
}

/** A file that never changes under its address. */
function lasting(body: Buffer<ArrayBuffer>, type: "text/css" | "text/javascript"): Response {
  const headers = {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "public, max-age=31536000, immutable",
    "content-encoding": "gzip",
  };
  return new Response(body, { headers });
}

const packedStyle = packed(style);

const packedLaunch = packed(launchScript);

/** The members' site: plain pages at `/c/<community>`, every one of which works without script. */
export const hubDoor: PageDoor = {
  prefix: PREFIX,
  countsFiles: isWithFiles,
  domains: ownDomains,
  answer: (request, visit, at) =>
    inLocale(visit.call.locale, async () => {
      const url = at === undefined ? new URL(request.url) : new URL(at.path, at.origin);
      if (url.pathname === `${PREFIX}-/${styleName}`) return lasting(packedStyle, "text/css");
      const script = url.pathname.startsWith(`${PREFIX}-/`) ? scriptNamed(url.pathname.slice(5)) : undefined;
      if (script !== undefined) return lasting(script, "text/javascript");
      const look = url.pathname.startsWith(`${PREFIX}-/look-`) ? lookSheet(url.pathname.slice(5)) : undefined;
      if (look !== undefined) return lasting(packed(look), "text/css");
      if (url.pathname === `${PREFIX}-/${launchScriptName}`) return lasting(packedLaunch, "text/javascript");
      const [, slug = "", rest = ""] = ADDRESS.exec(url.pathname) ?? [];
      if (rest === pushWorkerPath && request.method !== "POST") return pushWorker();
      const asked: Asked = { request, visit, url, slug, rest: rest === "/" ? "" : rest };
      try {
        return await atDomain(at, () => (request.method === "POST" ? send(asked) : keepable(asked, () => show(asked))));
      } catch (error) {
        return atDomain(at, () => told(asked, error));
      }
    }),
};
