import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import { renderToPipeableStream } from "react-dom/server";
import { isRouteErrorResponse, type EntryContext, type RouterContextProvider, ServerRouter } from "react-router";
import { logger } from "#src/base/logger.ts";
import { type Visit, visitContext } from "./context.ts";
import { NonceContext } from "./kit/nonce.ts";

export { visitContext } from "./context.ts";

/** How long a page may wait for its slow parts before they are given up, in milliseconds. */
export const streamTimeout = 15_000;

interface Rendering {
  request: Request;
  status: number;
  headers: Headers;
  routes: EntryContext;
  visit: Visit;
}

/** Renders a route to a stream of HTML; the router calls it with five arguments of its own choosing. */
export default function renderPage(
  ...[request, status, headers, routes, context]: [Request, number, Headers, EntryContext, RouterContextProvider]
): Response | Promise<Response> {
  if (request.method === "HEAD") return new Response(null, { status, headers });
  return stream({ request, status, headers, routes, visit: context.get(visitContext) });
}

function stream({ request, status, headers, routes, visit: { nonce, requestId } }: Rendering): Promise<Response> {
  return new Promise((resolve, reject) => {
    let code = status;
    const page = (
      <NonceContext value={nonce}>
        <ServerRouter context={routes} url={request.url} nonce={nonce} />
      </NonceContext>
    );
    const rendering = renderToPipeableStream(page, {
      nonce,
      onShellReady() {
        const body = new PassThrough();
        body.on("close", () => clearTimeout(timer));
        headers.set("Content-Type", "text/html; charset=utf-8");
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: code }));
        rendering.pipe(body);
      },
      onShellError: reject,
      onError(error) {
        code = 500;
        logger.error({ request: requestId, err: error }, "a page broke while it was drawn");
      },
    });
    const timer = setTimeout(() => rendering.abort(), streamTimeout + 1000);
  });
}

/** Bugs inside loaders and actions: logged with the request's number, which the visitor sees too. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: Readonly<RouterContextProvider> },
): void {
  // An address that leads nowhere is the visitor's trouble, and the page says so.
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  logger.error({ request: context.get(visitContext).requestId, err: error }, "a page broke");
}
