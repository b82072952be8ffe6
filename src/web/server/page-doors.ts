import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, Env, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Call } from "#src/accounts/call.ts";
import type { DomainPlace, LiveSide, PageDoor, ToldFault } from "#src/accounts/page-door.ts";
import { Broken } from "#src/accounts/procedure.ts";
import { Refusal } from "#src/base/refusal.ts";
import type { Locale } from "#words/runtime";
import { isOwnWrite } from "../security.ts";
import { tasteOf } from "../visit.ts";
import { brokenBy } from "./api-door.ts";
import { type Desk, withAnswerHeaders } from "./desk.ts";
import { problemOf } from "./problem.ts";

/** The longest form of a plain page, in bytes. */
const FORM_BYTES = 512 * 1024;

function told(error: unknown, requestId: string, locale: Locale): ToldFault {
  const known = error instanceof Refusal || error instanceof Broken ? error : brokenBy(error, requestId);
  const { status, code, title, detail, faults } = problemOf(known, locale);
  return { status, code, title, detail, ...(faults === undefined ? {} : { faults }) };
}

/** Answers a request that belongs to a door; `at` is the domain of its own at which it was asked. */
export type AnswerByDoor = (c: Context<Env, string>, door: PageDoor, at?: DomainPlace) => Promise<Response>;

/** How plain pages are answered: reads for anybody, writes from pages of ours alone. */
export function openPageDoors({ desk, live }: { desk: Desk; live: LiveSide }): AnswerByDoor {
  const limit = bodyLimit({ maxSize: FORM_BYTES });
  const answered: AnswerByDoor = async (c, door, at) => {
    const request = c.req.raw;
    const host = request.headers.get("host") ?? "";
    if (!isOwnWrite(request, host)) return c.text("Cross-origin write refused", 403);
    const arrival = { request, connection: getConnInfo(c).remote.address ?? "" };
    const again = async (): Promise<Call> => {
      const call = await desk.visitor(arrival);
      return at === undefined ? call : { ...call, publicUrl: at.origin, installUrl: call.publicUrl };
    };
    const call = await again();
    const settings = call.caller.kind === "person" ? call.caller.profile : undefined;
    const { theme } = tasteOf(request.headers, settings === undefined ? {} : { theme: settings.theme });
    const explain = (error: unknown): ToldFault => told(error, call.requestId, call.locale);
    return withAnswerHeaders(await door.answer(request, { call, explain, theme, again, live }, at), call);
  };
  return async (c, door, at) => {
    if (!["GET", "HEAD", "POST"].includes(c.req.method))
      return c.text("Method not allowed", 405, { allow: "GET, POST" });
    if (c.req.method !== "POST" || door.countsFiles?.(c.req.raw) === true) return answered(c, door, at);
    let answer: Response | undefined;
    const refused = await limit(c, async () => {
      answer = await answered(c, door, at);
    });
    return answer ?? refused ?? c.body(null, 413);
  };
}

/** Serves the sites of plain pages below the addresses of their doors. */
export function addPageDoors(app: Hono, pageDoors: readonly PageDoor[], answer: AnswerByDoor): void {
  for (const door of pageDoors) app.on(["GET", "POST"], `${door.prefix}*`, (c) => answer(c, door));
}
