import type { z } from "zod";
import type { signedSchema } from "#src/accounts/model.ts";
import { newId } from "#src/base/ids.ts";
import {
  askForPasskey,
  askForSignature,
  isCopy,
  madePasskey,
  PASSKEY_CHALLENGE_MS,
  type PasskeySite,
  type PublicPasskey,
  signedBy,
} from "#src/base/passkeys.ts";
import { refuse } from "#src/base/refusal.ts";
import { type HubCall, ownSession } from "../call.ts";
import type { Account } from "../model.ts";
import { takenParts } from "../store/accounts.ts";
import {
  addChallenge,
  addPasskey,
  knownPasskeys,
  markPasskeyUsed,
  passkeyByCredential,
  type PasskeyPurpose,
  takeChallenge,
} from "../store/passkeys.ts";
import { letThrough } from "./crowd.ts";
import { enrol, invitationFor, refuseName, refuseOver } from "./join.ts";
import { needProof, proved } from "./proof.ts";
import { beginSession } from "./sessions.ts";

/** What a browser is asked to sign, and the id under which its answer comes back. */
export interface AskedOfBrowser {
  readonly challengeId: string;
  readonly options: Record<string, unknown>;
}

type Signed = z.infer<typeof signedSchema>;

const siteOf = ({ publicUrl, facts }: HubCall): PasskeySite => ({
  publicUrl,
  name: facts.name,
  verification: "preferred",
});

/** The one address at which passkeys made by this call work. */
export const hostOf = ({ publicUrl }: Pick<HubCall, "publicUrl">): string => new URL(publicUrl).hostname;

/** Whether browsers make passkeys at an address: at a name with https, and on the machine itself without. Never at a bare number. */
export function takesPasskeys(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  if (/^\[|^[\d.]+$/.test(hostname)) return false;
  return protocol === "https:" || hostname === "localhost" || hostname.endsWith(".localhost");
}

/** Several hubs may lie at one address: their passkeys are told apart by the name under which devices show them. */
const shownName = (name: string, { facts }: HubCall): string => `${name} · ${facts.name}`;

async function keepChallenge(
  call: HubCall,
  kept: { id: string; purpose: PasskeyPurpose; accountId: string | undefined; challenge: string },
): Promise<void> {
  const expiresAt = call.now() + PASSKEY_CHALLENGE_MS;
  await call.run((tx) => addChallenge(tx, call.community, { ...kept, expiresAt }));
}

/** Asks for the signature of a passkey: anybody's to sign in, and one of whoever calls to prove that it is them. */
export async function askSignature(call: HubCall, purpose: "sign-in" | "prove"): Promise<AskedOfBrowser> {
  call.limits.take("passkey.address", call.address);
  const accountId = purpose === "prove" ? ownSession(call).accountId : undefined;
  const whose = accountId === undefined ? undefined : { accountId, host: hostOf(call) };
  const known = whose && (await call.run((tx) => knownPasskeys(tx, call.community, whose)));
  const { challenge, options } = await askForSignature(siteOf(call), known);
  const id = newId(call.now());
  await keepChallenge(call, { id, purpose, accountId, challenge });
  return { challengeId: id, options };
}

/**
 * Whose passkey signed what was asked. A passkey of another hub at the same address is refused in words of its own, and so
 * is one that a second device holds as well; whatever else is wrong is refused with the same words.
 */
async function signerOf(call: HubCall, signed: Signed, purpose: "sign-in" | "prove"): Promise<string> {
  const { community } = call;
  call.limits.take("passkey.address", call.address);
  const accountId = purpose === "prove" ? ownSession(call).accountId : undefined;
  const wanted = { id: signed.challengeId, purpose, accountId, now: call.now() };
  const challenge = await call.run((tx) => takeChallenge(tx, community, wanted));
  if (challenge === undefined) return refuse("unauthenticated", "hub.passkey-refused");
  const passkey = await call.run((tx) => passkeyByCredential(tx, community, String(signed.response["id"])));
  if (passkey === undefined) return refuse("unauthenticated", "hub.passkey-unknown");
  if (accountId !== undefined && accountId !== passkey.accountId) refuse("unauthenticated", "hub.passkey-refused");
  const counter = await signedBy(siteOf(call), { response: signed.response, challenge, passkey });
  if (counter === undefined) return refuse("unauthenticated", "hub.passkey-refused");
  const used = { id: passkey.id, counter, at: call.now() };
  const isOriginal =
    !isCopy(passkey.counter, counter) && (await call.run((tx) => markPasskeyUsed(tx, community, used)));
  if (!isOriginal) refuse("unauthenticated", "hub.passkey-copied");
  return passkey.accountId;
}

/** Signs in whose passkey signed what was asked. */
export async function signInByPasskey(call: HubCall, signed: Signed): Promise<void> {
  await beginSession(call, await signerOf(call, signed, "sign-in"));
}

/** Takes a signature of a member's own passkey as the proof that it is them. */
export async function proveByPasskey(call: HubCall, signed: Signed): Promise<void> {
  await signerOf(call, signed, "prove");
  await proved(call);
}

/** Begins making a passkey for a member who proved minutes ago who they are. */
export async function beginPasskey(call: HubCall): Promise<AskedOfBrowser> {
  const { accountId, name } = ownSession(call);
  await needProof(call);
  const known = await call.run((tx) => knownPasskeys(tx, call.community, { accountId, host: hostOf(call) }));
  const whose = { id: accountId, name: shownName(name, call), displayName: name, known };
  const { challenge, options } = await askForPasskey(siteOf(call), whose);
  const id = newId(call.now());
  await keepChallenge(call, { id, purpose: "make", accountId, challenge });
  return { challengeId: id, options };
}

async function madeBy(
  call: HubCall,
  signed: Signed,
  asked: { purpose: "make" | "join"; accountId: string | undefined },
): Promise<PublicPasskey> {
  const wanted = { ...asked, id: signed.challengeId, now: call.now() };
  const challenge = await call.run((tx) => takeChallenge(tx, call.community, wanted));
  if (challenge === undefined) return refuse("invalid", "hub.passkey-refused");
  const made = await madePasskey(siteOf(call), { response: signed.response, challenge });
  return made ?? refuse("invalid", "hub.passkey-refused");
}

/** Keeps a passkey that a member's browser has made. */
export async function keepPasskey(call: HubCall, made: Signed & { name: string }): Promise<string> {
  const { accountId } = ownSession(call);
  await needProof(call);
  const passkey = await madeBy(call, made, { purpose: "make", accountId });
  const id = newId(call.now());
  const row = { ...passkey, id, accountId, host: hostOf(call), name: made.name, at: call.now() };
  if (!(await call.run((tx) => addPasskey(tx, call.community, row)))) refuse("conflict", "hub.passkey-known");
  return id;
}

/** Who wants to join with a passkey and nothing else. */
export interface PasskeyJoiningWish {
  readonly name: string;
  readonly invitation?: string | undefined;
  readonly question?: string | undefined;
  readonly answer?: string | undefined;
}

/** Begins joining by a passkey: the name is free, the hub is open to whoever asks, and no flood comes through here. */
export async function beginJoin(call: HubCall, wish: PasskeyJoiningWish): Promise<AskedOfBrowser> {
  const { community } = call;
  const { name } = wish;
  const invitation = invitationFor(call, wish.invitation);
  letThrough(call, wish);
  await call.run(async (tx) => {
    await refuseOver(tx, call, invitation);
    const taken = await takenParts(tx, community, { name, email: "" });
    if (taken.name) await refuseName(tx, community, name);
  });
  // The account will have this id: devices keep passkeys of different accounts apart by it.
  const id = newId(call.now());
  const { challenge, options } = await askForPasskey(siteOf(call), {
    id,
    name: shownName(name, call),
    displayName: name,
    known: [],
  });
  await keepChallenge(call, { id, purpose: "join", accountId: undefined, challenge });
  return { challengeId: id, options };
}

/** Joins somebody whose browser has just made a passkey for that, and signs them in. */
export async function joinByPasskey(
  call: HubCall,
  wish: Signed & { name: string; passkeyName: string; invitation?: string | undefined },
): Promise<Account> {
  call.limits.take("passkey.address", call.address);
  const { challengeId: accountId, name } = wish;
  const invitationHash = invitationFor(call, wish.invitation);
  const made = await madeBy(call, wish, { purpose: "join", accountId: undefined });
  const at = call.now();
  const passkey = { ...made, id: newId(at), accountId, host: hostOf(call), name: wish.passkeyName, at };
  const newcomer = { name, email: null, passwordHash: null, userId: null, invitationHash };
  const account = await enrol(call, { ...newcomer, accountId, passkey });
  await beginSession(call, account.accountId);
  return account;
}
