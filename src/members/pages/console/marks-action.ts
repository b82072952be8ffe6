import type { ActionFunctionArgs } from "react-router";
import * as z from "zod";
import { visitContext } from "#src/web/context.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { markSchema, MOST_MARKED } from "../../model.ts";

const bodySchema = z.object({ marks: z.array(markSchema).min(1).max(MOST_MARKED) });

/** The action of the pages of members: marks people as the body says, and answers what it changed. */
export async function applyMarks({ context, params, request }: ActionFunctionArgs) {
  const { api } = context.get(visitContext);
  const { marks } = bodySchema.parse(await request.json());
  return attempt(() => api.members.mark({ community: params["community"] ?? "", marks }));
}
