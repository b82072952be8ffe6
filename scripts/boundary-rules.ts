/** The shape of the house: who stands above whom, and what a feature's folder may hold. See ARCHITECTURE.md. */
export const boundaryRules = {
  /** Lowest first. A folder imports from lower levels only, never from one beside it. */
  levels: [
    ["base"],
    ["events"],
    ["log"],
    ["platforms"],
    ["trail"],
    ["accounts"],
    ["communities", "members", "strategy"],
    [
      "imports",
      "moderation",
      "content-plan",
      "activities",
      "feedback",
      "product",
      "support",
      "motivation",
      "ugc",
      "reach",
    ],
    ["analytics", "inbox"],
    ["community-core", "mistakes", "rights", "sharing"],
    ["app-router", "consumers"],
    ["web"],
    ["app"],
    ["cli"],
    ["main"],
  ] as readonly (readonly string[])[],
  vocabulary: {
    files: [
      "model.ts",
      "store.ts",
      "queries.ts",
      "actions.ts",
      "reactions.ts",
      "jobs.ts",
      "api.ts",
      "feature.ts",
    ] as readonly string[],
    folders: ["store", "pages", "words"] as readonly string[],
    /** What other features may import. */
    doors: ["model.ts", "queries.ts", "actions.ts"] as readonly string[],
  },
  /** Families: a folder with a contract, the list in `all.ts`, and one file for each member. */
  families: {
    members: ["merging"],
    imports: ["formats", "stream", "pipeline", "uploads"],
    analytics: ["metrics", "headline", "signals", "coverage"],
    sharing: ["links", "letters"],
  } as Readonly<Record<string, readonly string[]>>,
  /** Files that only one feature has. */
  extras: {
    communities: ["api-log.ts"],
    sharing: ["shown.ts"],
    accounts: [
      "procedure.ts",
      "call.ts",
      "operation.ts",
      "request-fault.ts",
      "request-keys.ts",
      "sign-in.ts",
      "passwords.ts",
      "raw-route.ts",
      "limits.ts",
      "download.ts",
      "api-team.ts",
      "api-trail.ts",
      "deed.ts",
    ],
  } as Readonly<Record<string, readonly string[]>>,
  /** Single files, and folders of pure functions, that others may import besides a feature's doors. */
  doors: [
    "accounts/procedure.ts",
    "accounts/deed.ts",
    "accounts/download.ts",
    "accounts/request-fault.ts",
    "accounts/call.ts",
    "accounts/raw-route.ts",
    "accounts/operation.ts",
    "accounts/sign-in.ts",
    "accounts/limits.ts",
    "members/store/parts.ts",
    "accounts/passwords.ts",
    "platforms/intake.ts",
    "platforms/erasure.ts",
    "platforms/traits/",
  ] as readonly string[],
  /** What the web hands to the pages of every feature, though it stands above them. */
  pageKit: /^web\/(?:kit\/.*|context\.ts)$/,
  /** The files that put Veche together, and what each takes of every feature. */
  wiring: {
    "app.ts": /^[^/]+\/feature\.ts$/,
    "app-router.ts": /^[^/]+\/api\.ts$/,
    "consumers.ts": /^[^/]+\/reactions\.ts$/,
  } as Readonly<Record<string, RegExp>>,
  /** Parts of the base that run in a browser too. */
  browserSafe: ["base/locale.ts", "base/clock.ts", "base/refusal.ts"] as readonly string[],
  /** Names that could hold anything. */
  badNames: /^(?:index|utils?|helpers?|common|lib|services?|types|misc|manager|handler|data|info)$/,
};
