import { m } from "#words";
import type { Allowed } from "../../model.ts";

/** What a community needs of a platform, in a few words. */
export const capabilityWords: Readonly<Record<Allowed["capability"], () => string>> = {
  "read-messages": m.connections_can_read_messages,
  "read-deletions": m.connections_can_read_deletions,
  "read-reactions": m.connections_can_read_reactions,
  "read-moves": m.connections_can_read_moves,
  "list-members": m.connections_can_list_members,
  backfill: m.connections_can_backfill,
  send: m.connections_can_send,
  edit: m.connections_can_edit,
  pin: m.connections_can_pin,
  topics: m.connections_can_topics,
  polls: m.connections_can_polls,
  "direct-messages": m.connections_can_direct_messages,
  delete: m.connections_can_delete,
  mute: m.connections_can_mute,
  ban: m.connections_can_ban,
  "attribute-invites": m.connections_can_attribute_invites,
  "sign-in": m.connections_can_sign_in,
};

const names: Readonly<Record<string, string>> = {
  telegram: "Telegram",
  discord: "Discord",
  vk: "VK",
  reddit: "Reddit",
  facebook: "Facebook",
  max: "MAX",
};

/** What a platform is called; the one that comes with Veche by Veche's own name. */
export function platformName(platform: string): string {
  return platform === "hub" ? m.web_name() : (names[platform] ?? platform);
}

// A code names its sentence only at run time, and these sentences take nothing.
const sentences = m as unknown as Readonly<Record<string, ((facts: object) => string) | undefined>>;

/** Why something did not go out, for a person; the code itself is a detail. */
export function failureSentence(code: string): string {
  const refused = sentences[`refusal_${code.replaceAll(/[.-]/g, "_")}`];
  if (refused !== undefined) return refused({});
  if (code === "interrupted") return m.connections_failure_interrupted();
  if (/\b40[13]$|unauthorized|forbidden/i.test(code)) return m.connections_failure_forbidden();
  if (/^http-4\d\d$/.test(code)) return m.connections_failure_refused();
  if (/^http-5\d\d$/.test(code)) return m.connections_failure_stumbled();
  return m.connections_failure_line();
}
