import type { ProviderName } from "../model.ts";

/** What a platform gave the community for signing members in. */
export interface Keys {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Somebody whose account on a platform is proven. */
export interface ProvenPerson {
  /** As in `identities.platform`. */
  readonly platform: ProviderName;
  /** The id by which the platform names them in messages too, so that they are known again. */
  readonly externalId: string;
  /** What they are called there. */
  readonly name: string;
}

/** Before a browser is sent to a platform. */
export interface Asking {
  readonly keys: Keys;
  /** Where the platform sends the browser back to. */
  readonly redirectUri: string;
  /** Comes back unchanged, and shows that the answer is to this question. */
  readonly state: string;
  /** SHA-256 of the verifier in base64url (RFC 7636, S256). */
  readonly challenge: string;
}

/** When the browser is back. */
export interface Answering {
  readonly keys: Keys;
  readonly redirectUri: string;
  readonly verifier: string;
  /** Everything the platform put into the address. */
  readonly query: URLSearchParams;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/**
 * A platform by which members sign in: OAuth's authorization code, with PKCE where the platform has it. One file for each, listed in `all.ts`. It asks
 * for nothing but who somebody is, and keeps no token.
 */
export interface SignInProvider {
  readonly name: ProviderName;
  /** Where the browser is sent. */
  addressOf(asking: Asking): URL;
  /** Who came back. Refuses `hub.by-failed` when the platform does not answer as it should. */
  personOf(answering: Answering): Promise<ProvenPerson>;
}
