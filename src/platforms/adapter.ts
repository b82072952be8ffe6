import { z } from "zod";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import type { Secrets } from "#src/base/secrets.ts";
import type { LiveUpdate } from "./live/updates.ts";
import type { IncomingBatch } from "./model.ts";
import type { Attempt } from "./outbox/model.ts";
import type { CapabilityName, Platform } from "./platform.ts";

const externalIdSchema = z.string().min(1).max(500);
/** Longer than any platform takes in one message; each refuses by its own limit. */
const textSchema = z.string().min(1).max(64_000);
/** Who of the team decided it: platforms where the team has names say it under that name. */
const by = z.uuid().optional();
const message = { space: externalIdSchema, message: externalIdSchema, by };

/** Everything that Veche asks of platforms, in its own words. Spaces, messages and people by their ids on the platform. */
export const actionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("send"),
    space: externalIdSchema,
    text: textSchema,
    replyTo: externalIdSchema.optional(),
    by,
  }),
  z.object({
    kind: z.literal("open-topic"),
    space: externalIdSchema,
    title: z.string().min(1).max(500),
    text: textSchema,
    by,
  }),
  z.object({ kind: z.literal("edit"), ...message, text: textSchema }),
  z.object({ kind: z.literal("delete"), ...message }),
  z.object({ kind: z.literal("pin"), ...message, isPinned: z.boolean() }),
  z.object({
    kind: z.literal("mute"),
    space: externalIdSchema,
    person: externalIdSchema,
    until: z.int().describe("Milliseconds since 1970 UTC"),
    by,
  }),
  z.object({ kind: z.literal("ban"), space: externalIdSchema, person: externalIdSchema, by }),
]);
export type PlatformAction = z.infer<typeof actionSchema>;
export type ActionKind = PlatformAction["kind"];

/** What a platform must allow for each of them. */
export const actionNeeds: Readonly<Record<ActionKind, CapabilityName>> = {
  send: "send",
  "open-topic": "topics",
  edit: "edit",
  delete: "delete",
  pin: "pin",
  mute: "mute",
  ban: "ban",
};

/** The connection that an adapter acts by, and what it acts with. */
export interface AdapterPlace {
  readonly databases: Databases;
  readonly secrets: Secrets;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly community: CommunityId;
  readonly connectionId: string;
  /** The bot, group or site on the platform. */
  readonly externalId: string;
  /** Aborted when the answer takes too long or the process stops: give up, and say what is known. */
  readonly signal: AbortSignal;
}

/** What an adapter found when it looked after its connection. */
export interface Checked {
  /** Rights that the platform withholds from us there, though it has them to give. */
  readonly missing: readonly CapabilityName[];
  /** Why the platform does not let us in, as a name and code; nothing of what members wrote. Undefined when it does. */
  readonly failure: string | undefined;
}

/**
 * How what happens on a platform comes in. `own-door`: its own procedures bring it as it happens. Otherwise `translate`
 * makes what the platform delivered into our words: pure, the same for a second delivery of the same thing, nothing for
 * what is of no interest here. It throws on what it cannot read, and that delivery is set aside for a person.
 */
export type Reading = { readonly kind: "own-door" } | { readonly kind: "translated"; readonly translate: Translate };
export type Translate = (raw: string) => readonly LiveUpdate[];

/** How an adapter does one sort of thing. It answers with what became of it, and throws only when nobody knows. */
type Does<K extends ActionKind> = (
  place: AdapterPlace,
  asked: { readonly action: Extract<PlatformAction, { kind: K }>; readonly key: string },
) => Promise<Attempt>;

/**
 * What stands between Veche and a platform. It holds no decisions: if a second adapter would need the same `if`, that
 * belongs above. `src/adapters/all.ts` lists all; `src/adapters/contract.test.ts` puts each through the same trials (decision 0043).
 *
 * It can do exactly what its platform's capabilities say: an action for each that is `yes` or `partly`, none for others.
 */
export interface Adapter {
  readonly platform: Platform;
  /** Whether the platform does the same thing once, however often it is asked with the same key. */
  readonly isIdempotent: boolean;
  readonly reading: Reading;
  readonly actions: { readonly [K in ActionKind]?: Does<K> };
  /** Looks whether the platform still lets us in, and what it withholds. Throws when the platform cannot be reached. */
  check(place: AdapterPlace): Promise<Checked>;
  /** Reads what was said before, from the newest on, behind `after`. What `reading` brings by itself needs none. */
  backfill?(
    place: AdapterPlace,
    after: string | undefined,
  ): Promise<{ readonly batch: IncomingBatch; readonly after: string | undefined }>;
}
