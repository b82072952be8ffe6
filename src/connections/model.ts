import { z } from "zod";
import { capabilityNames, supports } from "#src/platforms/platform.ts";

/** What a platform allows of one thing that a community needs. */
export const allowedSchema = z.object({
  capability: z.enum(capabilityNames),
  support: z.enum(supports).describe("`unverified`: nobody has looked yet, which is neither yes nor no"),
  reason: z.string().nullable().describe("Why not, or within what limits, in the caller's language"),
  source: z.string().nullable().describe("Where it was read"),
  checked: z.iso.date().nullable().describe("When that was looked at last"),
});
export type Allowed = z.infer<typeof allowedSchema>;

/** A platform with everything that it allows. */
export const platformSchema = z.object({ name: z.string(), allows: z.array(allowedSchema) });
export type AllowingPlatform = z.infer<typeof platformSchema>;
