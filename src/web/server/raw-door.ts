import type { Call } from "#src/accounts/call.ts";
import { openNotebook, recorded } from "#src/accounts/deed.ts";
import { Broken, enterCommunity, refuseInDeleted } from "#src/accounts/procedure.ts";
import type { RawRoute } from "#src/accounts/raw-route.ts";
import { Refusal, refuse } from "#src/base/refusal.ts";
import { API_PREFIX, type ApiDoor, brokenBy } from "./api-door.ts";

interface Door {
  readonly route: RawRoute;
  readonly pattern: URLPattern;
}

/** Passes bytes on and fails with a refusal when there are more of them than allowed. */
function limited(body: ReadableStream<Uint8Array>, limit: number): ReadableStream<Uint8Array> {
  let passed = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece, controller) => {
        passed += piece.byteLength;
        if (passed > limit) controller.error(new Refusal("too-large", "request.too-large", { limit }));
        else controller.enqueue(piece);
      },
    }),
  );
}

function isNamed(field: [string, string | undefined]): field is [string, string] {
  return field[1] !== undefined;
}

/** Opens the doors for bytes. */
export function openRawRoutes(routes: readonly RawRoute[]): ApiDoor {
  const doors: Door[] = routes.map((route) => {
    const pathname = `${API_PREFIX}${route.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
    return { route, pattern: new URLPattern({ pathname }) };
  });
  return async (request, call: Call) => {
    const url = new URL(request.url);
    const found = doors.find(({ route, pattern }) => route.method === request.method && pattern.test(url));
    if (found === undefined) return undefined;
    const { route, pattern } = found;
    const groups = Object.entries(pattern.exec(url)?.pathname.groups ?? {}).filter(isNamed);
    const { community = "", ...fields } = Object.fromEntries(
      groups.map(([name, text]) => [name, decodeURIComponent(text)]),
    );
    const notebook = openNotebook();
    const context = { ...(await enterCommunity(call, community, route.permission)), note: notebook.note };
    refuseInDeleted(context.facts);
    const { maxBytes } = route;
    if (Number(request.headers.get("content-length") ?? 0) > maxBytes)
      refuse("too-large", "request.too-large", { limit: maxBytes });
    const body = limited(request.body ?? new ReadableStream({ start: (empty) => empty.close() }), maxBytes);
    try {
      const answer = (): Promise<object> => route.answer({ context, fields, query: url.searchParams, body });
      if (route.isPiece === true) return Response.json(await answer());
      const deed = { ...route, call, chain: context.community, role: context.actor.role, input: fields, notebook };
      return Response.json(await recorded(deed, answer));
    } catch (error) {
      throw error instanceof Refusal || error instanceof Broken ? error : brokenBy(error, call.requestId);
    }
  };
}
