import type { z } from "zod";
import { refuse } from "#src/base/refusal.ts";
import type { Asking } from "./provider.ts";

/** A platform that takes longer is taken for silent; whoever waits can try again. */
const PATIENCE_MS = 10_000;
/** Answers about one person have a few kilobytes. */
const MOST_BYTES = 256 * 1024;

async function readBody(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.byteLength;
    if (bytes > MOST_BYTES) throw new Error("too long");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

/**
 * Asks a platform's own address and checks what it answers. Refuses `hub.by-failed` when it is silent, refuses, sends us
 * elsewhere or answers otherwise than agreed; nothing of its answer is told or logged, since it may hold a key.
 */
export async function exchange<T>(address: URL, request: RequestInit, shape: z.ZodType<T>): Promise<T> {
  try {
    const response = await fetch(address, {
      ...request,
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Error("refused");
    return shape.parse(JSON.parse(await readBody(response)));
  } catch {
    return refuse("unavailable", "hub.by-failed");
  }
}

/** A form as token endpoints take it, with the client's keys in front (RFC 6749, 2.3.1) when they are given. */
export function formOf(
  fields: Readonly<Record<string, string>>,
  keys?: { readonly clientId: string; readonly clientSecret: string },
): Omit<RequestInit, "headers"> & { readonly headers: Readonly<Record<string, string>> } {
  const proof =
    keys === undefined
      ? undefined
      : Buffer.from(`${encodeURIComponent(keys.clientId)}:${encodeURIComponent(keys.clientSecret)}`).toString("base64");
  return {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
      ...(proof === undefined ? {} : { authorization: `Basic ${proof}` }),
    },
    body: new URLSearchParams(fields),
  };
}

/** The authorization code that came back with the browser. */
export function codeIn(query: URLSearchParams): string {
  const code = query.get("code");
  return code === null || code === "" ? refuse("forbidden", "hub.by-denied") : code;
}

/** Where a browser is sent for an authorization code with PKCE (RFC 6749, 4.1.1; RFC 7636, 4.3). */
export function askingAddress(page: URL, { keys, redirectUri, state, challenge }: Asking, scope: string): URL {
  const asked = {
    client_id: keys.clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope,
    state,
    code_challenge: challenge,
    code_challenge_method: "S256",
  };
  const address = new URL(page);
  address.search = new URLSearchParams(asked).toString();
  return address;
}

/** The same for platforms that take no PKCE together with the secret of an app: that alone keeps a stolen code from being used there. */
export function withoutChallenge(address: URL): URL {
  const plain = new URL(address);
  for (const name of ["code_challenge", "code_challenge_method"]) plain.searchParams.delete(name);
  return plain;
}
