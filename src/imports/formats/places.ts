import { z } from "zod";

const frame = z.object({
  array: z.boolean(),
  wanted: z.boolean(),
  path: z.array(z.string()),
  header: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  key: z.string().exactOptional(),
  count: z.number(),
});

/** A place in a JSON document, as a resume point keeps it. */
export const jsonPlace = z.object({ offset: z.number(), frames: z.array(frame) });
