import { z } from "zod";
import { installProcedure } from "#src/accounts/procedure.ts";
import { makeSample, removeSample } from "./actions.ts";

/** The sample community. */
export const sampleApi = {
  make: installProcedure({
    method: "POST",
    path: "/sample",
    operationId: "makeSample",
    permission: "install.owner",
    summary: "Make a sample community to look round in",
    description:
      "A year of a made-up brand's club in English and Russian, on two platforms, marked as sample wherever it is shown. There is at most one; asking again names it.",
    tags: ["Communities"],
    status: 201,
    output: z.object({ slug: z.string() }),
    handler: async ({ context }) => ({
      slug: await makeSample(context.databases, {
        ownerId: context.person.id,
        language: context.locale,
        now: context.now,
      }),
    }),
  }),
  remove: installProcedure({
    method: "DELETE",
    path: "/sample",
    operationId: "removeSample",
    permission: "install.owner",
    summary: "Remove the sample community with everything in it",
    tags: ["Communities"],
    output: z.object({}),
    handler: async ({ context }) => {
      await removeSample(context.databases, context.now);
      return {};
    },
  }),
};
