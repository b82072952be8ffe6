import { z } from "zod";
import type { CommunityCall } from "#src/accounts/call.ts";
import { procedure } from "#src/accounts/procedure.ts";
import { byHandSteps, type Launch, launchSchema, launchStates } from "./launch/model.ts";
import { launchFacts, ticksOf, writeTick } from "./launch/store.ts";

const tags: readonly [string] = ["Launch checklist"];
const AWAY = "put-away";

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

async function launchNow({ run, community, now }: CommunityCall): Promise<Launch> {
  const [facts, ticks] = await run(async (tx) => [await launchFacts(tx, community), await ticksOf(tx, community)]);
  const steps = launchStates(facts, ticks, now()).map(({ step, isDone, at, by, count, dueAt }) => {
    return { step, isDone, at: iso(at), by: by ?? null, count: count ?? null, dueAt: iso(dueAt) };
  });
  return { isPutAway: ticks.some(({ step }) => step === AWAY), openedAt: iso(facts.openedAt), steps };
}

async function tick(context: CommunityCall, wish: { step: string; isDone: boolean }): Promise<Launch> {
  const ticked = { ...wish, at: context.now(), by: context.actor.name };
  await context.run((tx) => writeTick(tx, context.community, ticked));
  return launchNow(context);
}

/** The way from an empty community to an open one. */
export const launchApi = {
  get: procedure({
    method: "GET",
    path: "/communities/{community}/hub/launch",
    operationId: "getLaunch",
    permission: "community.read",
    summary: "How far the launch of the community is, step by step",
    tags,
    output: launchSchema,
    handler: ({ context }) => launchNow(context),
  }),
  tick: procedure({
    method: "PUT",
    path: "/communities/{community}/hub/launch/steps/{step}",
    operationId: "tickLaunchStep",
    permission: "hub.manage",
    summary: "Tick a step that no fact tells of, or take the tick back",
    tags,
    input: z.object({ step: z.enum(byHandSteps), isDone: z.boolean() }),
    output: launchSchema,
    handler: ({ input: { step, isDone }, context }) => {
      context.note({ details: { step, state: isDone ? "done" : "open" } });
      return tick(context, { step, isDone });
    },
  }),
  putAway: procedure({
    method: "PUT",
    path: "/communities/{community}/hub/launch/put-away",
    operationId: "putLaunchAway",
    permission: "hub.manage",
    summary: "Put the checklist away, or bring it back",
    tags,
    input: z.object({ isPutAway: z.boolean() }),
    output: launchSchema,
    handler: ({ input, context }) => {
      context.note({ details: { state: input.isPutAway ? "away" : "back" } });
      return tick(context, { step: AWAY, isDone: input.isPutAway });
    },
  }),
};
