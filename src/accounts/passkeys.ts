import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import {
  askForPasskey,
  askForSignature,
  isCopy,
  madePasskey,
  PASSKEY_CHALLENGE_MS,
  type PasskeySite,
  signedBy,
} from "#src/base/passkeys.ts";
import { refuse } from "#src/base/refusal.ts";
import type { PersonCall } from "./call.ts";
import { makeBackupCodes } from "./second-factor.ts";
import { endOtherSessions, factorsOf } from "./store/factors.ts";
import {
  addChallenge,
  addPasskey,
  markPasskeyUsed,
  passkeyByCredential,
  passkeyIdsOf,
  type Purpose,
  takeChallenge,
} from "./store/passkeys.ts";

/** What a ceremony with a passkey needs. */
export interface PasskeyTools {
  readonly databases: Databases;
  /** The site a passkey is bound to: it works under this address and no other. */
  readonly publicUrl: string;
  readonly now: () => number;
}

/** What a browser is asked to sign, and the id under which its answer is sent back. */
export interface Asked {
  readonly challengeId: string;
  /** As the browser's own functions take it. */
  readonly options: Record<string, unknown>;
}

/** What a browser answered. */
export interface Signed {
  readonly challengeId: string;
  readonly response: Record<string, unknown>;
}

const siteOf = ({ publicUrl }: Pick<PasskeyTools, "publicUrl">): PasskeySite => ({
  publicUrl,
  name: "Veche",
  verification: "required",
});

async function keepChallenge(
  { databases, now }: PasskeyTools,
  kept: { purpose: Purpose; userId: string | undefined; challenge: string },
): Promise<string> {
  const id = newId(now());
  await addChallenge(databases.owner, { ...kept, id, expiresAt: now() + PASSKEY_CHALLENGE_MS });
  return id;
}

/** Begins making a passkey for somebody signed in. It is kept on their device or in their manager and can sign in alone. */
export async function beginPasskey(call: PersonCall): Promise<Asked> {
  const { person } = call;
  const known = await passkeyIdsOf(call.databases.owner, person.id);
  const whose = { id: person.id, name: person.email, displayName: person.name, known };
  const { challenge, options } = await askForPasskey(siteOf(call), whose);
  const challengeId = await keepChallenge(call, { purpose: "make", userId: person.id, challenge });
  return { challengeId, options };
}

async function registrationOf(call: PersonCall, { challengeId, response }: Signed) {
  const { databases, person } = call;
  const wanted = { id: challengeId, purpose: "make", userId: person.id, now: call.now() } as const;
  const challenge = await takeChallenge(databases.owner, wanted);
  return challenge === undefined ? undefined : madePasskey(siteOf(call), { response, challenge });
}

/** Keeps a passkey that a browser has made. Gives backup codes when there were none, and ends sessions elsewhere. */
export async function finishPasskey(
  call: PersonCall,
  signed: Signed & { name: string },
): Promise<{ id: string; backupCodes: string[] }> {
  const { databases, person } = call;
  const credential = await registrationOf(call, signed);
  if (credential === undefined) return refuse("invalid", "accounts.passkey-refused");
  const id = newId(call.now());
  return databases.asOwner(async (tx) => {
    const { backupCodes } = await factorsOf(tx, person.id);
    const isNew = await addPasskey(tx, {
      id,
      userId: person.id,
      ...credential,
      name: signed.name,
      at: call.now(),
    });
    if (!isNew) return refuse("conflict", "accounts.passkey-known");
    await endOtherSessions(tx, person.id, call.sessionId);
    return { id, backupCodes: backupCodes > 0 ? [] : await makeBackupCodes(tx, person.id) };
  });
}

/** Asks for a signature: of anybody's passkey when no person is given, otherwise of that person's. */
export async function askSignature(
  tools: PasskeyTools,
  wanted: { purpose: Exclude<Purpose, "make">; userId: string | undefined },
): Promise<Asked> {
  const { userId, purpose } = wanted;
  const known = userId === undefined ? undefined : await passkeyIdsOf(tools.databases.owner, userId);
  const { challenge, options } = await askForSignature(siteOf(tools), known);
  const challengeId = await keepChallenge(tools, { purpose, userId, challenge });
  return { challengeId, options };
}

/** Whose passkey signed what was asked; refuses with the same words whatever is wrong with it. */
export async function signerOf(
  tools: PasskeyTools,
  signed: Signed,
  wanted: { purpose: Exclude<Purpose, "make">; userId: string | undefined },
): Promise<string> {
  const { databases, now } = tools;
  const { challengeId, response } = signed;
  const challenge = await takeChallenge(databases.owner, { ...wanted, id: challengeId, now: now() });
  const passkey = await passkeyByCredential(databases.owner, String(response["id"]));
  if (challenge === undefined || passkey === undefined) return refuse("unauthenticated", "accounts.passkey-refused");
  if (wanted.userId !== undefined && wanted.userId !== passkey.userId) {
    return refuse("unauthenticated", "accounts.passkey-refused");
  }
  const counter = await signedBy(siteOf(tools), { response, challenge, passkey });
  if (counter === undefined || isCopy(passkey.counter, counter))
    return refuse("unauthenticated", "accounts.passkey-refused");
  await markPasskeyUsed(databases.owner, passkey.id, { counter, at: now() });
  return passkey.userId;
}
