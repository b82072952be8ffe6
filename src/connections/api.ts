import { z } from "zod";
import { m } from "#words";
import { procedure } from "#src/accounts/procedure.ts";
import type { Locale } from "#src/base/locale.ts";
import { platforms } from "#src/platforms/all.ts";
import { type Capability, type CapabilityName, capabilityNames } from "#src/platforms/platform.ts";
import { type Allowed, platformSchema } from "./model.ts";

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

/** Ways into platforms, and what lies behind them. */
export const connectionsApi = {
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
