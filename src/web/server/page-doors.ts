import { getConnInfo } from "@hono/node-server/conninfo";
import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Call } from "#src/accounts/call.ts";
import type { LiveSide, PageDoor, ToldFault } from "#src/accounts/page-door.ts";
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

/** Serves the sites of plain pages: reads by anybody, writes from pages of ours alone. */
export function addPageDoors(
  app: Hono,
  { pageDoors, desk, live }: { pageDoors: readonly PageDoor[]; desk: Desk; live: LiveSide },
): void {
  const limit = bodyLimit({ maxSize: FORM_BYTES });
  for (const door of pageDoors) {
    app.on(["POST"], `${door.prefix}*`, (c, next) =>
      door.countsFiles?.(c.req.raw) === true ? next() : limit(c, next),
    );
    app.on(["GET", "POST"], `${door.prefix}*`, async (c) => {
      const request = c.req.raw;
      const host = request.headers.get("host") ?? "";
      if (!isOwnWrite(request, host)) return c.text("Cross-origin write refused", 403);
      const arrival = { request, connection: getConnInfo(c).remote.address ?? "" };
      const again = (): Promise<Call> => desk.visitor(arrival);
      const call = await again();
      const settings = call.caller.kind === "person" ? call.caller.profile : undefined;
      const { theme } = tasteOf(request.headers, settings === undefined ? {} : { theme: settings.theme });
      const explain = (error: unknown): ToldFault => told(error, call.requestId, call.locale);
      return withAnswerHeaders(await door.answer(request, { call, explain, theme, again, live }), call);
    });
  }
}
