import { type LoaderFunctionArgs, redirect } from "react-router";
import { visitContext } from "../context.ts";

/** The start of the console: the one community there is, the choice of several, or the first steps. */
export async function loader({ context }: LoaderFunctionArgs): Promise<Response> {
  const { api, user } = context.get(visitContext);
  if (user === undefined) return redirect("/console/sign-in");
  const { items } = await api.communities.list({});
  const [first, second] = items;
  if (first === undefined) return redirect(user.isInstallOwner ? "/console/communities/new" : "/console/communities");
  return redirect(second === undefined ? `/console/${first.slug}` : "/console/communities");
}
