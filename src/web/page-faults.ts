import { data, redirect, type ServerBuild } from "react-router";
import { Broken } from "#src/accounts/procedure.ts";
import { type Refusal, statusOf } from "#src/base/refusal.ts";
import { readRefusal } from "./kit/refusal.ts";
import { brokenBy } from "./server/api-door.ts";
import { signInPath } from "./sign-in-path.ts";

type Routes = ServerBuild["routes"];
type Work = (args: { request: Request }) => unknown;

/**
 * The same routes, with what their loaders and actions let through turned into pages: refusals keep their sentence and
 * status, bugs their number in the log, and whoever is signed out is sent to sign in and comes back.
 */
export function explainFaults(routes: Routes): Routes {
  return Object.fromEntries(
    Object.entries(routes).map(([id, route]) => {
      if (route === undefined) return [id, route];
      const { loader, action } = route.module;
      const module = { ...route.module };
      if (loader !== undefined) module.loader = explained(loader);
      if (action !== undefined) module.action = explained(action);
      return [id, { ...route, module }];
    }),
  );
}

function explained<F extends (args: never) => unknown>(work: F): F {
  const run = async (args: Parameters<Work>[0]): Promise<unknown> => {
    try {
      return await (work as unknown as Work)(args);
    } catch (error) {
      throw faultPage(error, args.request);
    }
  };
  // The wrapper takes and gives exactly what the wrapped function does; only what is thrown differs.
  return run as unknown as F;
}

/** Told by its name: pages are built apart from the server and refuse with a class of their own. */
function isRefusal(error: Error): error is Refusal {
  return error.name === "Refusal";
}

function faultPage(error: unknown, request: Request): unknown {
  if (error instanceof Broken) return data({ number: error.number }, { status: 500 });
  // Redirects and answers with a status are thrown too, and are no trouble.
  if (!(error instanceof Error)) return error;
  if (!isRefusal(error)) return data({ number: brokenBy(error, "page").number }, { status: 500 });
  if (error.kind === "unauthenticated" && request.method === "GET") return redirect(signInPath(request));
  // An id that is none, such as one cut off in a chat: there is no such page, and no field to correct.
  const isMistyped = error.code === "request.invalid" && request.method === "GET" && new URL(request.url).search === "";
  if (isMistyped) return data({}, { status: 404 });
  return data({ sentence: readRefusal(error)?.sentence ?? error.code }, { status: statusOf(error.kind) });
}
