import { hash, randomBytes } from "node:crypto";

/** 192 random bits cannot be guessed, whatever limits fail. */
const SECRET_BYTES = 24;
const ID_BYTES = 16;
/** Both in base64url. */
const FORM = /^[A-Za-z0-9_-]{54}$/;

/** What the address of a link carries: whose it is, and a secret of which only the hash is kept. */
export interface LinkToken {
  readonly communityId: string;
  readonly secretHash: Buffer;
}

function hashed(secret: Buffer): Buffer {
  return hash("sha256", secret, "buffer");
}

/** A new token for a community. */
export function newToken(communityId: string): LinkToken & { readonly token: string } {
  const secret = randomBytes(SECRET_BYTES);
  const whose = Buffer.from(communityId.replaceAll("-", ""), "hex");
  return { communityId, secretHash: hashed(secret), token: Buffer.concat([whose, secret]).toString("base64url") };
}

/** Reads a token; undefined for what is none. That it reads proves nothing: its hash has to be found. */
export function readToken(token: string): LinkToken | undefined {
  if (!FORM.test(token)) return undefined;
  const bytes = Buffer.from(token, "base64url");
  // The last letter holds two bits of the secret and four of nothing: one token, one spelling.
  if (bytes.toString("base64url") !== token) return undefined;
  const hex = bytes.subarray(0, ID_BYTES).toString("hex");
  const communityId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { communityId, secretHash: hashed(bytes.subarray(ID_BYTES)) };
}
