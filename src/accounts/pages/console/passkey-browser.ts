import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { useSyncExternalStore } from "react";
import { m } from "#words";
import { ApiRefusal, callApi, textIn } from "./api-call.ts";

const neverChanges = () => () => undefined;

/** Whether this browser has passkeys at this address; false until the page is alive. */
export function useHasPasskeys(): boolean {
  return useSyncExternalStore(neverChanges, browserSupportsWebAuthn, () => false);
}

interface Signed {
  challengeId: string;
  response: object;
}

/** The browser says no in many ways; for the person they are one. */
async function askBrowser<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch {
    throw new ApiRefusal("passkey", m.accounts_page_passkey_stopped());
  }
}

function optionsIn(answer: unknown): unknown {
  return typeof answer === "object" && answer !== null ? Reflect.get(answer, "options") : undefined;
}

/** Has a passkey sign what the address hands out. */
export async function signWithPasskey(path: string): Promise<Signed> {
  const asked = await callApi("POST", path);
  // The server's own answer, made for exactly this function of the browser.
  const optionsJSON = optionsIn(asked) as PublicKeyCredentialRequestOptionsJSON;
  const response = await askBrowser(() => startAuthentication({ optionsJSON }));
  return { challengeId: textIn(asked, "challengeId"), response };
}

/** Has the browser make a passkey. */
export async function makePasskey(): Promise<Signed> {
  const asked = await callApi("POST", "/me/passkeys/challenge");
  // As above.
  const optionsJSON = optionsIn(asked) as PublicKeyCredentialCreationOptionsJSON;
  const response = await askBrowser(() => startRegistration({ optionsJSON }));
  return { challengeId: textIn(asked, "challengeId"), response };
}
