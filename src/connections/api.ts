import { z } from "zod";
import { m } from "#words";
import { procedure } from "#src/accounts/procedure.ts";
import type { Locale } from "#src/base/locale.ts";
import { platforms } from "#src/platforms/all.ts";
import { type Capability, type CapabilityName, capabilityNames } from "#src/platforms/platform.ts";
import { type ConnectionFacts, healthOf } from "#src/platforms/health.ts";
import { outboxApi } from "./api-outbox.ts";
import { type Allowed, type Connection, connectionSchema, platformSchema, stateOf } from "./model.ts";

function reasonOf(note: string, locale: Locale): string {
  // The words are functions by name; these take nothing but the language.
  const words = m as unknown as Readonly<
    Record<string, ((facts: Record<string, never>, options: { locale: Locale }) => string) | undefined>
  >;
  return words[`platforms_note_${note.replaceAll("-", "_")}`]?.({}, { locale }) ?? note;
}

function toldOf(capability: CapabilityName, told: Capability, locale: Locale): Allowed {
  if (told.support === "unverified")
    return { capability, support: told.support, reason: null, source: null, checked: null };
  const { note, evidence } = told;
  return {
    capability,
    support: told.support,
    reason: note === undefined ? null : reasonOf(note, locale),
    ...evidence,
  };
}

function toldConnection(facts: ConnectionFacts, now: number): Connection {
  const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  const { isOn: _, ...told } = facts;
  return {
    ...told,
    missing: [...facts.missing],
    state: stateOf(facts, now),
    isOurs: platforms.find(({ name }) => name === facts.platform)?.isOurs === true,
    madeAt: new Date(facts.madeAt).toISOString(),
    lastEventAt: iso(facts.lastEventAt),
    checkedAt: iso(facts.checkedAt),
    failingSince: iso(facts.failingSince),
    tokenSince: iso(facts.tokenSince),
    pausedUntil: facts.pausedUntil !== null && facts.pausedUntil > now ? iso(facts.pausedUntil) : null,
    oldestWaitingAt: iso(facts.oldestWaitingAt),
    gaps: facts.gaps.map(({ from, until, reason }) => ({
      from: new Date(from).toISOString(),
      until: new Date(until).toISOString(),
      reason,
    })),
  };
}

/** Ways into platforms, and what lies behind them. */
export const connectionsApi = {
  outbox: outboxApi,
  list: procedure({
    method: "GET",
    path: "/communities/{community}/connections",
    operationId: "listConnections",
    permission: "connections.read",
    summary: "The community's ways into platforms, and how each does",
    tags: ["Platforms"],
    output: z.object({ items: z.array(connectionSchema) }),
    handler: async ({ context }) => {
      const now = context.now();
      const found = await context.run((tx) => healthOf(tx, context.community, now));
      return { items: found.map((facts) => toldConnection(facts, now)) };
    },
  }),
  platforms: procedure({
    method: "GET",
    path: "/communities/{community}/platforms",
    operationId: "listPlatforms",
    permission: "community.read",
    summary: "What each platform allows programs to do for a community, with limits, reasons and evidence",
    tags: ["Platforms"],
    output: z.object({ items: z.array(platformSchema) }),
    handler: async ({ context }) => ({
      items: platforms.map(({ name, capabilities }) => ({
        name,
        allows: capabilityNames.map((each) => toldOf(each, capabilities[each], context.locale)),
      })),
    }),
  }),
};
