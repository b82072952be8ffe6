import type { AnyRouter } from "@orpc/server";
import type { Call } from "#src/accounts/call.ts";
import { Broken, enterCommunity } from "#src/accounts/procedure.ts";
import type { RawRoute } from "#src/accounts/raw-route.ts";
import { newId } from "#src/base/ids.ts";
import { Refusal, refuse } from "#src/base/refusal.ts";
import { inLocale, type Locale } from "#words/runtime";
import { tasteOf } from "../visit.ts";
import { brokenBy, openApi } from "./api-door.ts";
import { callerOf } from "./caller.ts";
import { refuseForeignWrite, senderOf } from "./origin.ts";
import { problemResponse } from "./problem.ts";
import { openRawRoutes } from "./raw-door.ts";
import { callFor, type Services } from "./request-call.ts";

/** A request as the network brought it. */
export interface Arrival {
  readonly request: Request;
  /** The address of the connection's other end. */
  readonly connection: string;
}

/** Takes requests in, finds out whose they are, and answers them or hands over the call that pages work with. */
export interface Desk {
  /** Answers a request to the API; every failure is a problem document. HEAD is answered like GET, without the body. */
  api(arrival: Arrival): Promise<Response>;
  /** Who a request for a page comes from. A session that is no longer good makes a stranger of them. */
  visitor(arrival: Arrival): Promise<Call>;
  /** Does something in a community for whoever may read it; failures are problem documents. */
  inCommunity(
    arrival: Arrival,
    slug: string,
    work: (call: Awaited<ReturnType<typeof enterCommunity>>) => Response,
  ): Promise<Response>;
}

/** What the desk serves. */
export interface DeskSetup {
  readonly services: Services;
  readonly router: AnyRouter;
  readonly rawRoutes: readonly RawRoute[];
  readonly publicUrl: string;
}

/** The answer with the headers that the call collected, such as cookies of a session. */
export function withAnswerHeaders(response: Response, call: Call): Response {
  const extra = [...call.answerHeaders];
  if (extra.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of extra) headers.append(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

function spokenIn(headers: Headers): Locale {
  return tasteOf(headers, {}).language;
}

/** A pause that every stranger shares by address, and every key and person has alone. */
function takeTurn(call: Call): void {
  const { caller, limits, address } = call;
  if (caller.kind === "nobody") limits.take("api.address", address);
  else limits.take("api.caller", caller.kind === "person" ? caller.profile.id : caller.id);
}

/** What GET would answer, without its body. */
async function headOf(arrival: Arrival, answer: Desk["api"]): Promise<Response> {
  const { url, headers, signal } = arrival.request;
  const whole = await answer({ ...arrival, request: new Request(url, { headers, signal }) });
  await whole.body?.cancel();
  return new Response(null, whole);
}

/** Opens the desk. */
export function openDesk({ services, router, rawRoutes, publicUrl }: DeskSetup): Desk {
  const doors = [openApi(router), openRawRoutes(rawRoutes)];

  const callOf = async ({ request, connection }: Arrival, idempotencyKey: string | undefined): Promise<Call> => {
    const { headers } = request;
    const answerHeaders = new Headers();
    const requestId = newId(services.now());
    const address = senderOf(connection, headers);
    const caller = await callerOf(services, headers, answerHeaders);
    const settings = caller.kind === "person" ? caller.profile : undefined;
    const locale = settings?.language ?? spokenIn(headers);
    return callFor(services, { headers, address, requestId, caller, locale, answerHeaders, idempotencyKey });
  };

  const explained = async (arrival: Arrival, work: (call: Call) => Promise<Response>): Promise<Response> => {
    let locale = spokenIn(arrival.request.headers);
    try {
      refuseForeignWrite(arrival.request, publicUrl);
      const call = await callOf(arrival, arrival.request.headers.get("idempotency-key") ?? undefined);
      ({ locale } = call);
      takeTurn(call);
      return withAnswerHeaders(await inLocale(locale, () => work(call)), call);
    } catch (error) {
      const known = error instanceof Refusal || error instanceof Broken;
      return problemResponse(known ? error : brokenBy(error, "unknown"), locale);
    }
  };

  const answered = (arrival: Arrival): Promise<Response> =>
    explained(arrival, async (call) => {
      for (const door of doors) {
        const answer = await door(arrival.request, call);
        if (answer !== undefined) return answer;
      }
      return refuse("not-found", "request.unknown-address");
    });

  return {
    api: (arrival) => (arrival.request.method === "HEAD" ? headOf(arrival, answered) : answered(arrival)),
    visitor: async (arrival) => {
      try {
        return await callOf(arrival, undefined);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        // A key is no way into the pages.
        const headers = new Headers(arrival.request.headers);
        headers.delete("authorization");
        const request = new Request(arrival.request.url, { headers });
        return callOf({ ...arrival, request }, undefined);
      }
    },
    inCommunity: (arrival, slug, work) =>
      explained(arrival, async (call) => work(await enterCommunity(call, slug, "community.read"))),
  };
}
