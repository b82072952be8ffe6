import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { changeSegment, deleteSegment, listSegments, restoreSegment, saveSegment } from "./actions.ts";
import { segmentFilterSchema, segmentNameSchema, segmentSchema } from "./model.ts";

const tags: readonly [string] = ["Members"];

/** Segments: filters of the list under names, shared by the team. */
export const segmentsApi = {
  segments: procedure({
    method: "GET",
    path: "/communities/{community}/segments",
    operationId: "listSegments",
    permission: "members.read",
    summary: "The segments by name, with how many belong to each",
    tags,
    output: z.object({ items: z.array(segmentSchema) }),
    handler: async ({ context }) => ({ items: await context.run((tx) => listSegments(tx, context.community)) }),
  }),
  saveSegment: procedure({
    method: "POST",
    path: "/communities/{community}/segments",
    operationId: "saveSegment",
    permission: "segments.change",
    summary: "Save a filter of the list of members under a name",
    description:
      "A segment is live: whoever answers the filter belongs to it, from the moment they do. `members` is null until " +
      "it has been counted, which takes a moment.",
    tags,
    status: 201,
    input: z.object({ name: segmentNameSchema, filter: segmentFilterSchema }),
    output: segmentSchema,
    handler: ({ input, context }) =>
      context.run((tx) => saveSegment(tx, context.community, { ...input, by: context.actor, now: context.now() })),
  }),
  changeSegment: procedure({
    method: "PATCH",
    path: "/communities/{community}/segments/{segment}",
    operationId: "changeSegment",
    permission: "segments.change",
    summary: "Give a segment another name or another filter",
    tags,
    input: z.object({
      segment: z.uuid(),
      name: segmentNameSchema.optional(),
      filter: segmentFilterSchema.optional(),
    }),
    output: segmentSchema,
    handler: ({ input, context }) => {
      const { segment: id, name, filter } = input;
      return context.run((tx) => changeSegment(tx, context.community, { id, name, filter, now: context.now() }));
    },
  }),
  deleteSegment: procedure({
    method: "DELETE",
    path: "/communities/{community}/segments/{segment}",
    operationId: "deleteSegment",
    permission: "segments.change",
    summary: "Delete a segment; it can be brought back",
    tags,
    input: z.object({ segment: z.uuid() }),
    output: z.object({ id: z.uuid() }),
    handler: async ({ input, context }) => {
      await context.run((tx) => deleteSegment(tx, context.community, { id: input.segment, now: context.now() }));
      return { id: input.segment };
    },
  }),
  restoreSegment: procedure({
    method: "POST",
    path: "/communities/{community}/segments/{segment}/return",
    operationId: "restoreSegment",
    permission: "segments.change",
    summary: "Bring a deleted segment back",
    tags,
    input: z.object({ segment: z.uuid() }),
    output: segmentSchema,
    handler: ({ input, context }) =>
      context.run((tx) => restoreSegment(tx, context.community, { id: input.segment, now: context.now() })),
  }),
};
