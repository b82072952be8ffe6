import { z } from "zod";
import { leave, stay } from "./people/leaving.ts";
import { LEAVING_DAYS, leavingChoices } from "./store/leavings.ts";
import { hubProcedure } from "./visitor.ts";

const tags: readonly [string] = ["Hub sign-in"];

/** Leaving for good, and coming back while that is possible. */
export const leavingApi = {
  leave: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/leave",
    operationId: "leaveHub",
    permission: "hub.member",
    summary: "Leave: you are signed out everywhere and told of nothing more; your account ends some days later",
    description: `For ${LEAVING_DAYS} days signing in as before lets you stay, by \`stayInHub\`; then what you chose is done for good. Your profile and your picture are gone at once, and so is what you wrote when it is to go.`,
    tags,
    input: z.object({
      wrote: z
        .enum(leavingChoices)
        .default("named")
        .describe(
          "What becomes of what you wrote: it keeps your name (`named`), stands under a name that names nobody " +
            "(`unnamed`), or goes (`deleted`); a topic in which others wrote stays with its title and without your text",
        ),
    }),
    output: z.object({ until: z.iso.datetime().describe("Until when you can come back") }),
    handler: async ({ input, context }) => ({
      until: new Date(await leave(context, input.wrote)).toISOString(),
    }),
  }),
  stay: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/stay",
    operationId: "stayInHub",
    permission: "hub.public",
    summary: "Stay after all: whoever left lately signs in as before and calls this",
    tags,
    output: z.object({ done: z.literal(true) }),
    handler: async ({ context }) => {
      await stay(context);
      return { done: true } as const;
    },
  }),
};
