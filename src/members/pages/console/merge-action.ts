import type { ActionFunctionArgs } from "react-router";
import * as z from "zod";
import { visitContext } from "#src/web/context.ts";
import { attempt } from "#src/web/kit/refusal.ts";

/** What the pages of members ask for when people are merged or told apart. */
export const mergeDeedSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("accept"), suggestion: z.uuid(), intoId: z.uuid() }),
  z.object({ do: z.literal("dismiss"), suggestion: z.uuid() }),
  z.object({ do: z.literal("reopen"), suggestion: z.uuid() }),
  z.object({ do: z.literal("merge"), memberId: z.uuid(), intoId: z.uuid() }),
  z.object({ do: z.literal("separate"), merge: z.uuid() }),
  z.object({ do: z.literal("search") }),
  z.object({ do: z.literal("stop") }),
]);
export type MergeDeed = z.infer<typeof mergeDeedSchema>;

/** The action behind them. Answers the deed with the merge it made, if it made one. */
export async function actOnMerges({ context, params, request }: ActionFunctionArgs) {
  const { members } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const deed = mergeDeedSchema.parse(await request.json());
  const work = async (): Promise<string | undefined> => {
    switch (deed.do) {
      case "accept":
        return (await members.acceptSuggestion({ community, suggestion: deed.suggestion, intoId: deed.intoId }))
          .mergeId;
      case "merge":
        return (await members.merge({ community, memberId: deed.memberId, intoId: deed.intoId })).mergeId;
      case "separate":
        return void (await members.separate({ community, merge: deed.merge }));
      case "dismiss":
        return void (await members.dismissSuggestion({ community, suggestion: deed.suggestion }));
      case "reopen":
        return void (await members.reopenSuggestion({ community, suggestion: deed.suggestion }));
      case "search":
        return void (await members.startSearch({ community }));
      case "stop":
        return void (await members.stopSearch({ community }));
    }
  };
  return attempt(async () => ({ done: deed, merge: await work() }));
}
