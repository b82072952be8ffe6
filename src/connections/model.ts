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

const momentSchema = z.iso.datetime();

/** How a connection does, worst first: what the list is told in one word. */
export const connectionStates = ["failing", "attention", "well", "off"] as const;

/** A way into a platform, and how it does. */
export const connectionSchema = z.object({
  id: z.uuid(),
  platform: z.string(),
  name: z.string(),
  state: z.enum(connectionStates).describe("`attention`: it works, and something waits for a person"),
  isOurs: z.boolean().describe("Comes with Veche: it needs no token and no rights"),
  madeAt: momentSchema,
  lastEventAt: momentSchema.nullable().describe("When something came in last; exact to a few seconds"),
  receivedToday: z.int().describe("Deliveries of the last 24 hours"),
  setAside: z.int().describe("Deliveries that could not be taken in and wait for a person"),
  checkedAt: momentSchema.nullable(),
  missing: z.array(z.string()).describe("Capabilities that the platform withholds there"),
  failure: z.string().nullable().describe("Why the platform does not let us in, as a name or code"),
  failingSince: momentSchema.nullable(),
  tokenSince: momentSchema.nullable(),
  pausedUntil: momentSchema.nullable().describe("The platform asked to be left alone until then"),
  waiting: z.int().describe("What is to go out"),
  oldestWaitingAt: momentSchema.nullable().describe("Since when the oldest of it has been due"),
  unknown: z.int().describe("Sent off, and no answer came: a person decides"),
  dead: z.int().describe("Given up: a person decides"),
  gaps: z.array(z.object({ from: momentSchema, until: momentSchema, reason: z.string() })),
});
export type Connection = z.infer<typeof connectionSchema>;

/** What is due for so long without going out deserves a look. */
const SLOW_MS = 15 * 60_000;

/** What a connection's state is told from. Times in milliseconds since 1970 UTC. */
export interface StateFacts {
  readonly isOn: boolean;
  readonly failure: string | null;
  readonly missing: readonly string[];
  readonly setAside: number;
  readonly unknown: number;
  readonly dead: number;
  readonly oldestWaitingAt: number | null;
  readonly pausedUntil: number | null;
}

/** How a connection does at an instant. A pause that the platform asked for is no reason to worry. */
export function stateOf(facts: StateFacts, now: number): Connection["state"] {
  const { isOn, failure, missing, setAside, unknown, dead, oldestWaitingAt, pausedUntil } = facts;
  if (!isOn) return "off";
  if (failure !== null) return "failing";
  const isSlow = oldestWaitingAt !== null && Math.max(oldestWaitingAt, pausedUntil ?? 0) < now - SLOW_MS;
  return isSlow || missing.length + setAside + unknown + dead > 0 ? "attention" : "well";
}
