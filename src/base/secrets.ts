import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Seals what must not lie about in plain text, and derives the keys of this installation. */
export interface Secrets {
  /**
   * Encrypts a text for one place (AES-256-GCM). `place` says whose it is, such as `community/field`: sealed text that
   * is moved to another place does not open.
   */
  seal(plain: string, place: string): string;
  /** Decrypts; throws `SealBroken` when the text was changed, moved, or sealed with a root that is gone. */
  open(sealed: string, place: string): string;
  /** The same text under the newest root; undefined when it already is. For walking through rows after a rotation. */
  reseal(sealed: string, place: string): string | undefined;
  /** A key for another purpose, from the newest root. */
  derive(purpose: string): string;
}

/** Sealed text does not open. Says nothing of its content. */
export class SealBroken extends Error {
  constructor(reason: "form" | "unknown-root" | "changed") {
    super(`sealed text does not open: ${reason}`);
    this.name = "SealBroken";
  }
}

interface Root {
  readonly id: string;
  readonly key: Buffer;
}

/** A nonce of 96 bits and a tag of 128 are what GCM is made for (NIST SP 800-38D). */
const NONCE = 12;
const TAG = 16;
const FORM = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;

function derived(root: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", root, "veche", purpose, 32));
}

function encrypt(root: Root, plain: string, place: string): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", root.key, nonce).setAAD(Buffer.from(`${root.id} ${place}`));
  const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `v1.${root.id}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url")}`;
}

function decrypt(root: Root, bytes: Buffer, place: string): string {
  const decipher = createDecipheriv("aes-256-gcm", root.key, bytes.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(`${root.id} ${place}`)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString("utf8");
  } catch {
    throw new SealBroken("changed");
  }
}

/** By which a sealed text names its root. Says nothing of the root. */
export function rootId(root: string): string {
  return hash("sha256", `veche root ${root}`, "hex").slice(0, 8);
}

/**
 * @param roots the newest first; it seals, and all of them open. To rotate, put a new one in front, reseal every row,
 *   then drop the old one.
 */
export function openSecrets(roots: readonly string[]): Secrets {
  const known = roots.map((root) => ({
    id: rootId(root),
    key: derived(root, "seal"),
  }));
  const [newest] = known;
  const newestRoot = roots[0];
  if (newest === undefined || newestRoot === undefined) throw new Error("no root secret");
  const parts = (sealed: string): { root: Root; bytes: Buffer } => {
    const [, id, text = ""] = FORM.exec(sealed) ?? [];
    const bytes = Buffer.from(text, "base64url");
    if (id === undefined || bytes.length < NONCE + TAG) throw new SealBroken("form");
    const root = known.find((each) => each.id === id);
    if (root === undefined) throw new SealBroken("unknown-root");
    return { root, bytes };
  };
  const open = (sealed: string, place: string): string => {
    const { root, bytes } = parts(sealed);
    return decrypt(root, bytes, place);
  };
  return {
    seal: (plain, place) => encrypt(newest, plain, place),
    open,
    reseal: (sealed, place) => {
      const { root } = parts(sealed);
      return root.id === newest.id ? undefined : encrypt(newest, open(sealed, place), place);
    },
    derive: (purpose) => derived(newestRoot, purpose).toString("base64url"),
  };
}

/** Below this a root could be guessed; `openssl rand -base64 32` gives 44 characters. */
const ROOT_LENGTH = 32;

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function usable(roots: readonly string[], from: string): readonly string[] {
  if (roots.length === 0 || roots.some((root) => root.length < ROOT_LENGTH)) {
    throw new Error(`${from} must hold root secrets of at least ${ROOT_LENGTH} characters, the newest first`);
  }
  return roots;
}

/**
 * The root secrets of this installation, the newest first: from `given` (`VECHE_SECRETS`, separated by commas, for
 * several machines on one database) or from the file `secrets` in the data folder, a root on each line, which is made on
 * the first start and readable by its owner alone.
 */
export async function readRoots(dataDir: string, given: string | undefined): Promise<readonly string[]> {
  if (given !== undefined && given !== "")
    return usable(
      given.split(",").map((root) => root.trim()),
      "VECHE_SECRETS",
    );
  const file = join(dataDir, "secrets");
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const fresh = randomBytes(32).toString("base64url");
  // `wx` fails when the file is there: of two processes that start at once one makes it, and both then read it.
  await writeFile(file, `${fresh}\n`, { mode: 0o600, flag: "wx" }).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  });
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return "";
    throw error;
  });
  return usable(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
    file,
  );
}
