import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";

/** Ed25519, ES256 and RS256: what authenticators make today. */
const ALGORITHMS = [-8, -7, -257];

/** Loaded when the first passkey comes: the library for certificates would cost every start a fifth of a second and 27 MB. */
const library = () => import("@simplewebauthn/server");

/** Long enough to find the phone, short enough that nobody signs for a page that was left yesterday. In milliseconds. */
export const PASSKEY_CHALLENGE_MS = 5 * 60_000;

/** Where passkeys are made and asked for. */
export interface PasskeySite {
  /** A passkey is bound to the host in it: it works there and at no other address. */
  readonly publicUrl: string;
  /** What browsers call the place. */
  readonly name: string;
  /** Whether a device has to ask for a finger, a face or a PIN, or only does so where it can. */
  readonly verification: "required" | "preferred";
}

/** What a browser is to sign, and what it has to be told for that, as its own functions take it. */
export interface PasskeyQuestion {
  readonly challenge: string;
  readonly options: Record<string, unknown>;
}

/** What is kept of a passkey: nothing in it opens anything. */
export interface PublicPasskey {
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
}

/** What a browser has to know of a passkey to offer it, or not to make it twice. */
export interface KnownPasskey {
  readonly id: string;
  readonly transports: string[];
}

const siteOf = ({ publicUrl }: PasskeySite) => ({
  rpID: new URL(publicUrl).hostname,
  origin: new URL(publicUrl).origin,
});

/** Asks a browser to make a passkey that can sign in alone, on a device that has none of `known`. */
export async function askForPasskey(
  site: PasskeySite,
  whose: { id: string; name: string; displayName: string; known: readonly KnownPasskey[] },
): Promise<PasskeyQuestion> {
  const { generateRegistrationOptions } = await library();
  const options = await generateRegistrationOptions({
    supportedAlgorithmIDs: ALGORITHMS,
    rpName: site.name,
    rpID: siteOf(site).rpID,
    userName: whose.name,
    userDisplayName: whose.displayName,
    userID: new Uint8Array(Buffer.from(whose.id.replaceAll("-", ""), "hex")),
    excludeCredentials: [...whose.known],
    authenticatorSelection: { residentKey: "required", userVerification: site.verification },
  });
  return { challenge: options.challenge, options: { ...options } };
}

/** The passkey that a browser made when it was asked this; undefined when anything about its answer is wrong. */
export async function madePasskey(
  site: PasskeySite,
  answer: { response: Record<string, unknown>; challenge: string },
): Promise<PublicPasskey | undefined> {
  const { rpID, origin } = siteOf(site);
  const { verifyRegistrationResponse } = await library();
  const verified = await verifyRegistrationResponse({
    supportedAlgorithmIDs: ALGORITHMS,
    // Whatever the browser sent: the library checks every part of it and throws.
    response: answer.response as unknown as RegistrationResponseJSON,
    expectedChallenge: answer.challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: site.verification === "required",
  }).catch(() => undefined);
  const credential = verified?.registrationInfo?.credential;
  if (credential === undefined) return undefined;
  const { id, publicKey, counter, transports = [] } = credential;
  return { credentialId: id, publicKey: Buffer.from(publicKey), counter, transports };
}

/** Asks for the signature of a passkey: of any there is when `known` is undefined, otherwise of one of these. */
export async function askForSignature(
  site: PasskeySite,
  known: readonly KnownPasskey[] | undefined,
): Promise<PasskeyQuestion> {
  const { generateAuthenticationOptions } = await library();
  const options = await generateAuthenticationOptions({
    rpID: siteOf(site).rpID,
    userVerification: site.verification,
    ...(known === undefined ? {} : { allowCredentials: [...known] }),
  });
  return { challenge: options.challenge, options: { ...options } };
}

/**
 * How often a passkey that signed what was asked says it was used; undefined when anything about its answer is wrong.
 * Whether it counts on is for the caller to see: `isCopy`.
 */
export async function signedBy(
  site: PasskeySite,
  answer: { response: Record<string, unknown>; challenge: string; passkey: PublicPasskey },
): Promise<number | undefined> {
  const { rpID, origin } = siteOf(site);
  const { credentialId: id, publicKey } = answer.passkey;
  const { verifyAuthenticationResponse } = await library();
  const verified = await verifyAuthenticationResponse({
    // As above: checked by the library, which throws.
    response: answer.response as unknown as AuthenticationResponseJSON,
    expectedChallenge: answer.challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: site.verification === "required",
    credential: { id, publicKey: new Uint8Array(publicKey), counter: 0 },
  }).catch(() => undefined);
  return verified?.verified === true ? verified.authenticationInfo.newCounter : undefined;
}

/**
 * Whether a device that counts has not counted on since it was last here: then two of them hold the same passkey, and one
 * was copied (WebAuthn Level 3, 6.1.1). Zero stands for devices that do not count.
 */
export function isCopy(kept: number, told: number): boolean {
  return (kept > 0 || told > 0) && told <= kept;
}
