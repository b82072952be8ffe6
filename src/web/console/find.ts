import { data, type LoaderFunctionArgs } from "react-router";
import { visitContext } from "../context.ts";

/** As many as the command palette shows. */
const SHOWN = 8;

/** Members for the command palette, found by what has been typed. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const search = new URL(request.url).searchParams.get("search")?.slice(0, 200) ?? "";
  const { items } = await api.members.list({ community: params["community"] ?? "", search, limit: SHOWN });
  const members = items.map(({ id, name, accounts: [first] }) => ({
    id,
    name,
    detail: first?.username ? `@${first.username}` : "",
  }));
  return data({ members });
}
