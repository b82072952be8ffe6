import type { LoaderFunctionArgs } from "react-router";
import { visitContext } from "#src/web/context.ts";

/** So many spaces are listed at once; the rest is found by a part of the name. */
const LISTED = 60;

/** Spaces whose name holds what was typed, for the filter of the audit. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams.get("search")?.trim().slice(0, 100) ?? "";
  const { items, next } = await context.get(visitContext).api.communities.spaces({
    community: params["community"] ?? "",
    limit: LISTED,
    ...(search === "" ? {} : { search }),
  });
  return { spaces: items.map(({ id, name }) => ({ id, name })), more: next !== null };
}
