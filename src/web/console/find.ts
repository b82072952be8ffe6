import type { LoaderFunctionArgs } from "react-router";
import { visitContext } from "../context.ts";

const SHOWN = 8;

/** A member as the command palette offers them. */
export interface FoundMember {
  id: string;
  name: string;
  /** Something to tell namesakes apart: a user name, or an id on a platform. */
  detail: string;
}

/** Members whose names begin with what was typed, for the command palette. */
export async function loader({ context, params, request }: LoaderFunctionArgs): Promise<{ members: FoundMember[] }> {
  const search = new URL(request.url).searchParams.get("search")?.trim() ?? "";
  if (search === "") return { members: [] };
  const { api } = context.get(visitContext);
  const { items } = await api.members.list({ community: params["community"] ?? "", search, limit: SHOWN });
  const members = items.map(({ id, name, accounts: [account] }) => {
    const known = account?.username === null ? account.externalId : `@${account?.username ?? ""}`;
    return { id, name: name === "" ? known : name, detail: known };
  });
  return { members };
}
