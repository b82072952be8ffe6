import { data, redirect } from "react-router";

/** Ends a loader or action by sending the visitor to another page. The router takes what is thrown for an answer. */
export function leaveFor(path: string): never {
  // oxlint-disable-next-line typescript/only-throw-error
  throw redirect(path);
}

/** Ends a loader with the page that says there is no such page. */
export function noSuchPage(): never {
  // oxlint-disable-next-line typescript/only-throw-error
  throw data(null, { status: 404 });
}
