import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/**
 * Cost of a hash: 32 MB and three passes, one of the settings that OWASP's Password Storage Cheat Sheet gives for scrypt
 * (N = 2^15, r = 8, p = 3). It is written into every hash, so it may be raised without breaking older ones.
 */
const COST = { N: 32_768, r: 8, p: 3 };
/** What tests of other things pay: a quarter of a second of processor for each of a thousand sign-ins would be most of a run. */
const COST_IN_TESTS = { N: 1024, r: 8, p: 1 };
let cost = COST;

/** Whether hashes cost what they should or next to nothing. The latter is for tests of other things; a running product is refused it. */
export function hashPasswords(as: "always" | "in-tests"): void {
  if (as === "in-tests" && process.env["NODE_ENV"] !== "test") throw new Error("Cheap hashes are for tests.");
  cost = as === "in-tests" ? COST_IN_TESTS : COST;
}

const KEY_BYTES = 32;
const SALT_BYTES = 16;
const FORM = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

function derive(password: string, salt: Buffer, paid: typeof COST): Promise<Buffer> {
  const maxmem = 256 * paid.N * paid.r;
  return new Promise((resolve, reject) => {
    // The same letters may be typed composed or not, depending on the keyboard.
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { ...paid, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** The text under which a password is kept. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const { N, r, p } = cost;
  const key = await derive(password, salt, { N, r, p });
  return ["scrypt", N, r, p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** A hash that no password has, for taking as long with a stranger's address as with a known one. */
const nobodys = (): string => ["scrypt", cost.N, cost.r, cost.p, "AAAAAAAAAAAAAAAAAAAAAA", "A".repeat(43)].join("$");

/** Whether the password is the one that was hashed. Takes as long when there is no hash, or none of ours. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const known = FORM.exec(hash ?? "");
  const [, n, r, p, salt = "", key = ""] = known ?? FORM.exec(nobodys()) ?? [];
  const wanted = Buffer.from(key, "base64url");
  const paid = { N: Number(n), r: Number(r), p: Number(p) };
  const found = await derive(password, Buffer.from(salt, "base64url"), paid);
  return known !== null && found.length === wanted.length && timingSafeEqual(found, wanted);
}
