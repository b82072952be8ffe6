import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { refuse } from "#src/base/refusal.ts";
import { hubOf, writeLook } from "./store/hubs.ts";

const tags: readonly [string] = ["Hub set-up"];

const colourSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, { error: "a colour as #rrggbb" });

const lookSchema = z.object({
  brand: colourSchema.nullable().describe("The brand's colour as #rrggbb; null for the hub's own colours"),
  second: colourSchema.nullable().describe("For the bell and the edge of notes; null takes the brand's colour"),
});

/** The hub's colours, for the team. */
export const lookApi = {
  look: procedure({
    method: "GET",
    path: "/communities/{community}/hub/settings/look",
    operationId: "getHubLook",
    permission: "hub.manage",
    summary: "The brand's colours on the hub",
    tags,
    output: lookSchema,
    handler: async ({ context }) => {
      const found = await context.run((tx) => hubOf(tx, context.community));
      return { brand: found?.brand ?? null, second: found?.second ?? null };
    },
  }),
  setLook: procedure({
    method: "PUT",
    path: "/communities/{community}/hub/settings/look",
    operationId: "setHubLook",
    permission: "hub.manage",
    summary: "Give the hub the brand's colours, or its own ones back",
    description: "All colours are made of these, in light and in dark; where one could not be read, it is moved.",
    tags,
    input: lookSchema,
    output: lookSchema.extend({ before: lookSchema.describe("What it was, for taking the change back") }),
    handler: async ({ input, context }) => {
      const look = { brand: input.brand, second: input.brand === null ? null : input.second };
      const before = await context.databases.asOwner((tx) => writeLook(tx, context.community, look));
      if (before === undefined) return refuse("conflict", "hub.not-set-up");
      context.note({ details: { ...look, brandBefore: before.brand } });
      return { ...look, before };
    },
  }),
};
