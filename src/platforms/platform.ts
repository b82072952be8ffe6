/** What a community tool may want of a platform, in the order in which it is shown. */
export const capabilityNames = [
  "read-messages",
  "read-deletions",
  "read-reactions",
  "read-moves",
  "list-members",
  "backfill",
  "send",
  "edit",
  "pin",
  "topics",
  "polls",
  "direct-messages",
  "delete",
  "mute",
  "ban",
  "attribute-invites",
  "sign-in",
] as const;

export type CapabilityName = (typeof capabilityNames)[number];

/** `unverified`: nobody has looked yet, which is neither yes nor no. */
export const supports = ["yes", "partly", "no", "unverified"] as const;

/** Where a statement about a platform was read, and when it was looked at last. */
export interface Evidence {
  readonly source: string;
  /** A day, `2026-06-18`. */
  readonly checked: string;
}

/**
 * What a platform allows programs that act for a community to do. Whatever is not simply possible says why, or within
 * what limits: `note` names a sentence, `platforms_note_...` in the words.
 */
export type Capability =
  | { readonly support: "yes"; readonly note?: string; readonly evidence: Evidence }
  | { readonly support: "partly" | "no"; readonly note: string; readonly evidence: Evidence }
  | { readonly support: "unverified" };

/** A platform and all that it allows: one that forgets a capability does not compile. */
export interface Platform {
  /** As it stands in `connections`, `spaces` and `identities`. */
  readonly name: string;
  /** Comes with Veche: each community has one from its first day. */
  readonly isOurs?: true;
  readonly capabilities: Readonly<Record<CapabilityName, Capability>>;
}

/** Ways to say what a source says. */
export function accordingTo(evidence: Evidence) {
  return {
    yes: (note?: string): Capability => ({ support: "yes", evidence, ...(note === undefined ? {} : { note }) }),
    partly: (note: string): Capability => ({ support: "partly", note, evidence }),
    no: (note: string): Capability => ({ support: "no", note, evidence }),
  };
}

/** What nobody has looked at yet. */
export const unverified: Capability = { support: "unverified" };
