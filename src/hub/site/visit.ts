import { createRouterClient, type RouterClient } from "@orpc/server";
import type { PageVisit, ToldFault } from "#src/accounts/page-door.ts";
import { hubApi } from "../api.ts";
import type { HubCall } from "../call.ts";
import { hubPath } from "../model.ts";
import { fromDoor } from "../visitor.ts";

/** The hub's procedures as functions, for what its forms do. */
export type HubClient = RouterClient<typeof hubApi>;

/** One request for a page of a hub, let in. */
export interface HubVisit {
  readonly call: HubCall;
  readonly slug: string;
  /** Where the hub begins: every address of it starts so. */
  readonly home: string;
  readonly url: URL;
  readonly theme: PageVisit["theme"];
  readonly api: HubClient;
  readonly explain: (error: unknown) => ToldFault;
}

/** Puts together what pages of a hub need. For a form `letInAt` says when its door let them in, in milliseconds since 1970 UTC. */
export function visitOf(visit: PageVisit, place: { call: HubCall; url: URL; letInAt?: number }): HubVisit {
  const { call, url, letInAt } = place;
  const { slug } = call.facts;
  const { theme, explain } = visit;
  const api = createRouterClient(hubApi, {
    context: letInAt === undefined ? visit.call : fromDoor(visit.call, call, letInAt),
  });
  return { call, slug, home: hubPath(slug), url, theme, api, explain };
}
