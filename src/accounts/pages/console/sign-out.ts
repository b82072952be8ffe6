import { type ActionFunctionArgs, redirect } from "react-router";
import { visitContext } from "#src/web/context.ts";

/** An address typed by hand changes nothing. */
export function loader(): Response {
  return redirect("/console");
}

/** Ends the session and shows the way in. */
export async function action({ context }: ActionFunctionArgs): Promise<Response> {
  const { api, user } = context.get(visitContext);
  if (user !== undefined) await api.accounts.signOut({});
  return redirect("/console/sign-in");
}
