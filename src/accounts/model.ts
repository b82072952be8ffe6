import { z } from "zod";
import { isTimeZone } from "#src/base/clock.ts";
import { locales } from "#src/base/locale.ts";

/** What somebody of the team is in one community, from the most trusted down. */
export const roles = ["owner", "admin", "moderator", "editor", "analyst"] as const;
export type Role = (typeof roles)[number];

const everyone: readonly Role[] = roles;
const leads: readonly Role[] = ["owner", "admin"];

/**
 * Who may do what in a community: the one table that every procedure, key and page asks. A procedure names its
 * permission; there is no other way in.
 */
export const permissions = {
  "community.read": everyone,
  "community.change": leads,
  "community.delete": ["owner"],
  "staff.read": leads,
  "staff.change": leads,
  "members.read": everyone,
  "members.change": ["owner", "admin", "moderator"],
  "segments.change": everyone,
  "imports.read": ["owner", "admin", "editor", "analyst"],
  "imports.run": leads,
  "analytics.read": everyone,
  "analytics.share": leads,
  "connections.read": ["owner", "admin", "moderator", "editor"],
  "connections.change": leads,
  "log.read": leads,
  "log.change": leads,
  "trail.read": leads,
  "rights.read": leads,
  "rights.change": leads,
  "api-keys.manage": leads,
  "hub.manage": leads,
  "hub.moderate": ["owner", "admin", "moderator"],
  "hub.write": ["owner", "admin", "moderator", "editor"],
} as const satisfies Record<string, readonly Role[]>;

/** Something that is allowed inside a community to some of the roles. */
export type Permission = keyof typeof permissions;

/**
 * Doors that lead into no community: open to all, to whoever is signed in (a person, not a key), or to the owners of
 * this installation.
 */
export const installPermissions = ["public", "signed-in", "install.owner"] as const;
export type InstallPermission = (typeof installPermissions)[number];

/**
 * Doors of a community's hub, which members open, who are not of the team: open to all, to whoever may read this hub, to
 * whoever may write in it (a member, or one of the team with `hub.write`; never a key).
 */
export const visitorPermissions = ["hub.public", "hub.reader", "hub.member"] as const;
export type VisitorPermission = (typeof visitorPermissions)[number];

/** Whether a word names a permission. */
export function isPermission(word: string): word is Permission {
  return Object.hasOwn(permissions, word);
}

export const permissionSchema = z.string().refine(isPermission, { error: "permission" });

/** Whether the table gives the role this permission. */
export function allows(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission];
  return allowed.includes(role);
}

/** Themes a person may choose; `auto` follows the device. */
export const themes = ["auto", "light", "dark"] as const;

/** 12 to 128 characters: NIST SP 800-63B asks for length instead of composition rules; the upper bound limits hashing. */
export const passwordSchema = z.string().min(12).max(128);

/** An address somebody signs in with; stored in lower case. 254 is the longest that SMTP can carry (RFC 5321). */
export const emailSchema = z.email().max(254).toLowerCase();

/** How long the link that confirms another address works: letters are read within a day. */
export const EMAIL_CHANGE_HOURS = 24;

/** A name shown to the team. */
export const personNameSchema = z.string().trim().min(1).max(100);

/** A time zone of the tz database. */
export const timeZoneSchema = z.string().min(1).max(64).refine(isTimeZone, { error: "time-zone" });

export const roleSchema = z.enum(roles);
export const localeSchema = z.enum(locales);
export const themeSchema = z.enum(themes);

/** A person of the team as they see themselves. */
export const profileSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  language: localeSchema.nullable().describe("null: the language of the browser"),
  theme: themeSchema,
  timeZone: z.string().nullable().describe("null: the time zone of the browser"),
  isInstallOwner: z.boolean().describe("May create communities and is an owner in all of them"),
});
export type Profile = z.infer<typeof profileSchema>;

/** The beginning of every key, by which leak scanners recognise one. */
export const KEY_PREFIX = "veche";

/** The form of an API key: where it belongs, then 256 random bits. */
export const KEY_PATTERN = /^veche_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** How long a key may be made to work, in days. */
export const MAX_KEY_DAYS = 3650;

/** A machine's access to one community, without the secret itself. */
export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  role: roleSchema,
  permissions: z.array(permissionSchema).nullable().describe("null: all that the role may"),
  expiresAt: z.iso.datetime().nullable().describe("null: works until it is revoked"),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** A passkey as its owner sees it. */
export const passkeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  madeAt: z.iso.datetime(),
  usedAt: z.iso.datetime().nullable(),
});
export type Passkey = z.infer<typeof passkeySchema>;

/** What a browser made of a challenge; the parts of `response` are checked where it is verified. */
export const signedSchema = z.object({ challengeId: z.uuid(), response: z.record(z.string(), z.unknown()) });

/** How long a person stays signed in without using Veche: 30 days, prolonged by use. */
export const SESSION_DAYS = 30;

/** How long the link that creates the first owner works. A restart prints a new one. */
export const START_LINK_HOURS = 24;

/** How long a link for a new password works: time to find the letter, little time for whoever finds it later. */
export const RESET_HOURS = 2;

/** How long an invitation works unless told otherwise, and at most. */
export const INVITATION_DAYS = 7;
export const MAX_INVITATION_DAYS = 30;

/** Somebody of a community's team. */
export const staffMemberSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  isInstallOwner: z
    .boolean()
    .describe("Owns the installation and is therefore an owner here; nobody changes that here"),
  joinedAt: z.iso.datetime().nullable().describe("When they got this role; null without a role of their own"),
});

/** How an invitation stands. */
export const invitationStates = ["open", "used", "revoked", "expired"] as const;
export type InvitationState = (typeof invitationStates)[number];

/** An invitation into a team, without its link. */
export const invitationSchema = z.object({
  id: z.uuid(),
  role: roleSchema,
  email: z.string().nullable().describe("null: whoever has the link"),
  state: z.enum(invitationStates),
  madeBy: z.string().nullable().describe("A name; null for a key or somebody who is gone"),
  usedBy: z.string().nullable(),
  madeAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  letter: z.enum(["none", "waiting", "sent", "failed"]).describe("What became of the letter with the link"),
});
export type Invitation = z.infer<typeof invitationSchema>;

export type StaffMember = z.infer<typeof staffMemberSchema>;

const actorKinds = ["person", "key", "machine", "nobody"] as const;

/** One line of the record of who did what. */
export const trailRowSchema = z.object({
  seq: z.int().describe("Entries of a community are numbered from 1 without gaps"),
  at: z.iso.datetime(),
  actor: z.object({
    kind: z.enum(actorKinds).describe("machine: the command line of the server, or Veche by the clock"),
    id: z.uuid().nullable(),
    name: z.string().nullable().describe("As they are called now; null: gone, or never had one"),
    role: z.string().nullable().describe("The role they had then"),
  }),
  operation: z.string().describe("The `operationId`, or the name of a job or command"),
  target: z.string().nullable().describe("The id of what it was done to"),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  requestId: z.string().nullable(),
  address: z.string().nullable().describe("The IP address it came from"),
});
export type TrailRow = z.infer<typeof trailRowSchema>;

/** What the record can be narrowed by. */
export const trailChoicesSchema = z.object({
  operations: z.array(z.string()),
  actors: z.array(z.object({ id: z.uuid(), kind: z.enum(actorKinds), name: z.string().nullable() })),
});
export type TrailChoices = z.infer<typeof trailChoicesSchema>;
