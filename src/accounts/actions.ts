import { randomBytes } from "node:crypto";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Caller } from "./call.ts";
import {
  allows,
  type ApiKey,
  KEY_PATTERN,
  KEY_PREFIX,
  type Permission,
  type Profile,
  type Role,
  roles,
  START_LINK_HOURS,
} from "./model.ts";
import { secretHash as hashed } from "./one-time-token.ts";
import { hashPassword } from "./passwords.ts";
import { makeResetLink } from "./resets.ts";
import { dropFactors } from "./store/factors.ts";
import { addApiKey, useApiKey } from "./store/keys.ts";
import { addPerson, hasPeople, replaceStartLink, useStartLink } from "./store/people.ts";
import { personByEmail } from "./store/resets.ts";
import { giveRole } from "./store/roles.ts";
import { endSessionsOf } from "./store/sessions.ts";

/** What a new key is for. `createdBy` is a person; undefined when the machine's owner makes it at the command line. */
export interface KeyWish {
  readonly name: string;
  readonly role: Role;
  /** Narrows the role to these; undefined leaves all that it may. Refused when the role lacks one of them. */
  readonly permissions?: readonly Permission[] | undefined;
  /** After so many days the key ends by itself; undefined: never. */
  readonly days?: number | undefined;
  readonly createdBy: string | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Makes an API key. The token is returned this once; only a hash of it is kept, so nobody can read it again. */
export async function createApiKey(
  tx: Tx,
  community: CommunityId,
  wish: KeyWish,
): Promise<{ key: ApiKey; token: string }> {
  const secret = randomBytes(32).toString("base64url");
  const { name, role, permissions, days, createdBy, now } = wish;
  const lacking = permissions?.find((permission) => !allows(role, permission));
  if (lacking !== undefined) refuse("invalid", "accounts.role-lacks", { permission: lacking });
  const key = await addApiKey(tx, community, {
    id: newId(now),
    name,
    role,
    permissions,
    expiresAt: days === undefined ? undefined : now + days * 86_400_000,
    secretHash: hashed(secret),
    createdBy,
    at: now,
  });
  return { key, token: `${KEY_PREFIX}_${community.replaceAll("-", "")}_${secret}` };
}

/** A key that works, and the community it opens. */
export interface OpenedKey {
  readonly communityId: string;
  readonly key: ApiKey;
}

/** What a token opens; undefined when it is no token, is revoked or never was. */
export async function openApiKey(databases: Databases, token: string, now: number): Promise<OpenedKey | undefined> {
  const [, part, secret] = KEY_PATTERN.exec(token) ?? [];
  if (part === undefined || secret === undefined) return undefined;
  const communityId = part.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const key = await useApiKey(databases.owner, communityId, { secretHash: hashed(secret), at: now });
  return key === undefined ? undefined : { communityId, key };
}

/** Who a key makes of its bearer. */
export function callerWith({ communityId, key }: OpenedKey): Caller {
  const { id, name, role } = key;
  const permissions = key.permissions ?? undefined;
  const isNarrow = permissions !== undefined || key.expiresAt !== null;
  return { kind: "key", id, name, role, permissions, isNarrow, communityId };
}

/** Whether somebody in `own` may hand out `wanted`: nobody gives more than they have. */
export function mayGive(own: Role, wanted: Role): boolean {
  return roles.indexOf(wanted) >= roles.indexOf(own);
}

/**
 * Makes the one-time link's token while nobody has an account here; undefined once somebody has. Tokens made before
 * stop working.
 */
export async function makeStartToken(databases: Databases, now: number): Promise<string | undefined> {
  if (await hasPeople(databases.owner)) return undefined;
  const token = randomBytes(24).toString("base64url");
  const expiresAt = now + START_LINK_HOURS * 3_600_000;
  await databases.asOwner((tx) => replaceStartLink(tx, hashed(token), { madeAt: now, expiresAt }));
  return token;
}

/** Who the first owner will be. */
export interface FirstOwner extends Pick<Profile, "name" | "email" | "language" | "timeZone"> {
  readonly password: string;
}

/** Uses up the one-time link and makes its holder the owner of this installation. */
export async function claimInstallation(
  tools: { databases: Databases; now: number },
  token: string,
  { password, ...person }: FirstOwner,
): Promise<Profile> {
  const { databases, now } = tools;
  const profile: Profile = { ...person, id: newId(now), theme: "auto", isInstallOwner: true };
  const passwordHash = await hashPassword(password);
  await databases.asOwner(async (tx) => {
    if (!(await useStartLink(tx, hashed(token), now))) refuse("not-found", "accounts.start-link-used");
    await addPerson(tx, { ...profile, passwordHash, at: now });
  });
  return profile;
}

/** Makes somebody part of a community's team, or changes their part. */
export async function setRole(
  tx: Tx,
  community: CommunityId,
  given: { userId: string; role: Role; now: number },
): Promise<void> {
  await giveRole(tx, community, { userId: given.userId, role: given.role, at: given.now });
}

/** Whom to let in again. */
export interface Recovery {
  readonly email: string;
  /** Code app, passkeys and backup codes go as well. */
  readonly forgetSecondFactors: boolean;
  readonly publicUrl: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/**
 * Makes a link for a new password for whoever owns the machine, and forgets second factors when that is asked, which ends
 * every session of the person. Refuses when nobody has the address.
 */
export async function recoverAccount(
  databases: Databases,
  { email, forgetSecondFactors, publicUrl, now }: Recovery,
): Promise<{ personId: string; link: string; expiresAt: number }> {
  const person = await personByEmail(databases.owner, email);
  if (person === undefined) return refuse("not-found", "accounts.no-such-address");
  return databases.asOwner(async (tx) => {
    if (forgetSecondFactors) {
      await dropFactors(tx, person.id);
      await endSessionsOf(tx, person.id);
    }
    return { personId: person.id, ...(await makeResetLink(tx, { userId: person.id, publicUrl, now })) };
  });
}
