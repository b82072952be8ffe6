import { hash, randomBytes } from "node:crypto";

/** The hash under which a secret is kept: whoever reads the tables cannot use what is in them. */
export function secretHash(secret: string): Buffer {
  return hash("sha256", secret, "buffer");
}

/** 256 random bits as 43 letters that an address takes. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

const HOME = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** A secret with the community it belongs to in front, so that it is looked for there alone. */
export function homedToken(communityId: string, secret: string): string {
  return `${communityId.replaceAll("-", "")}_${secret}`;
}

/** The two parts of what `homedToken` made; undefined for anything else. */
export function readHomedToken(token: string): { communityId: string; secret: string } | undefined {
  const [, a, b, c, d, e, secret] = HOME.exec(token) ?? [];
  return secret === undefined ? undefined : { communityId: [a, b, c, d, e].join("-"), secret };
}
