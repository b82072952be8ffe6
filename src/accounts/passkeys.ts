import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
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

/** Ed25519, ES256 and RS256: what authenticators make today. */
const ALGORITHMS = [-8, -7, -257];

/** Loaded when the first passkey comes: the library for certificates would cost every start a fifth of a second and 27 MB. */
const library = () => import("@simplewebauthn/server");

/** Long enough to find the phone, short enough that nobody signs for a page that was left yesterday. */
const CHALLENGE_MS = 5 * 60_000;

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

const siteOf = (publicUrl: string) => ({ rpID: new URL(publicUrl).hostname, origin: new URL(publicUrl).origin });

async function keepChallenge(
  { databases, now }: PasskeyTools,
  kept: { purpose: Purpose; userId: string | undefined; challenge: string },
): Promise<string> {
  const id = newId(now());
  await addChallenge(databases.owner, { ...kept, id, expiresAt: now() + CHALLENGE_MS });
  return id;
}

/** Begins making a passkey for somebody signed in. It is kept on their device or in their manager and can sign in alone. */
export async function beginPasskey(call: PersonCall): Promise<Asked> {
  const { person } = call;
  const { rpID } = siteOf(call.publicUrl);
  const known = await passkeyIdsOf(call.databases.owner, person.id);
  const { generateRegistrationOptions } = await library();
  const options = await generateRegistrationOptions({
    supportedAlgorithmIDs: ALGORITHMS,
    rpName: "Veche",
    rpID,
    userName: person.email,
    userDisplayName: person.name,
    userID: new Uint8Array(Buffer.from(person.id.replaceAll("-", ""), "hex")),
    excludeCredentials: known,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  const challengeId = await keepChallenge(call, { purpose: "make", userId: person.id, challenge: options.challenge });
  return { challengeId, options: { ...options } };
}

async function registrationOf(call: PersonCall, { challengeId, response }: Signed) {
  const { databases, person } = call;
  const wanted = { id: challengeId, purpose: "make", userId: person.id, now: call.now() } as const;
  const expectedChallenge = await takeChallenge(databases.owner, wanted);
  if (expectedChallenge === undefined) return undefined;
  const { rpID, origin } = siteOf(call.publicUrl);
  const { verifyRegistrationResponse } = await library();
  const verified = await verifyRegistrationResponse({
    supportedAlgorithmIDs: ALGORITHMS,
    // Whatever the browser sent: the library checks every part of it and throws.
    response: response as unknown as RegistrationResponseJSON,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(() => undefined);
  return verified?.registrationInfo?.credential;
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
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
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
  const { rpID } = siteOf(tools.publicUrl);
  const { generateAuthenticationOptions } = await library();
  const options = await generateAuthenticationOptions({
    rpID,
    userVerification: "required",
    ...(userId === undefined ? {} : { allowCredentials: await passkeyIdsOf(tools.databases.owner, userId) }),
  });
  const challengeId = await keepChallenge(tools, { purpose, userId, challenge: options.challenge });
  return { challengeId, options: { ...options } };
}

/** Whose passkey signed what was asked; refuses with the same words whatever is wrong with it. */
export async function signerOf(
  tools: PasskeyTools,
  signed: Signed,
  wanted: { purpose: Exclude<Purpose, "make">; userId: string | undefined },
): Promise<string> {
  const { databases, publicUrl, now } = tools;
  const { challengeId, response } = signed;
  const expectedChallenge = await takeChallenge(databases.owner, { ...wanted, id: challengeId, now: now() });
  const passkey = await passkeyByCredential(databases.owner, String(response["id"]));
  if (expectedChallenge === undefined || passkey === undefined)
    return refuse("unauthenticated", "accounts.passkey-refused");
  if (wanted.userId !== undefined && wanted.userId !== passkey.userId) {
    return refuse("unauthenticated", "accounts.passkey-refused");
  }
  const { rpID, origin } = siteOf(publicUrl);
  const { verifyAuthenticationResponse } = await library();
  const verified = await verifyAuthenticationResponse({
    // As above: checked by the library, which throws.
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
  }).catch(() => undefined);
  if (verified?.verified !== true) return refuse("unauthenticated", "accounts.passkey-refused");
  await markPasskeyUsed(databases.owner, passkey.id, { counter: verified.authenticationInfo.newCounter, at: now() });
  return passkey.userId;
}
