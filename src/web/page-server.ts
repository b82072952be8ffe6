import { createRequestHandler, type RouterContext, RouterContextProvider, type ServerBuild } from "react-router";
import { inLocale } from "#words/runtime";
import type { PageApi, Visit, VisitUser } from "./context.ts";
import { explainFaults } from "./page-faults.ts";
import { isOwnWrite, newNonce, pageHeaders } from "./security.ts";
import { type Taste, tasteOf } from "./visit.ts";

/** The built pages (`build/server/index.js`): their entry hands out the very context object that loaders read. */
export type PageBuild = ServerBuild & { entry: { module: { visitContext: RouterContext<Visit> } } };

/** Who asks for a page: what the outer server knows before any page runs. */
export interface Visitor {
  api: PageApi;
  user: (VisitUser & Taste) | undefined;
  /** The request's number in the log. */
  requestId: string;
}

/** Answers requests for pages: chooses language and theme, runs the route, and adds the headers of safety. */
export function openPages(build: PageBuild, mode: "production" | "development" = "production") {
  const answer = createRequestHandler({ ...build, routes: explainFaults(build.routes) }, mode);

  return async (request: Request, visitor: Visitor): Promise<Response> => {
    const host = request.headers.get("host") ?? new URL(request.url).host;
    if (!isOwnWrite(request, host)) return new Response("Cross-origin write refused", { status: 403 });
    const nonce = newNonce();
    const taste = tasteOf(request.headers, visitor.user ?? {});
    const visit: Visit = { api: visitor.api, user: visitor.user, requestId: visitor.requestId, nonce, ...taste };
    const context = new RouterContextProvider();
    context.set(build.entry.module.visitContext, visit);
    const response = await inLocale(taste.language, () => answer(request, context));
    const headers = new Headers(response.headers);
    for (const [name, value] of Object.entries(pageHeaders(nonce))) if (!headers.has(name)) headers.set(name, value);
    headers.append("Vary", "Cookie, Accept-Language");
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  };
}
