import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";

/** Bytes of plain text sealed at once: a tampered or cut file is noticed at the first piece that does not open. */
export const PIECE_BYTES = 1 << 20;

/** RFC 7914's interactive parameters; 32 MB and about 50 ms for each try at the passphrase. */
const SCRYPT = { N: 1 << 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** Seals and opens the pieces of one file. */
export interface Sealing {
  seal(piece: Buffer): Buffer;
  /** Throws when the piece is not the next one that `seal` made with the same passphrase. */
  open(sealed: Buffer): Buffer;
}

/** Salt for a new file. */
export function newSalt(): Buffer {
  return randomBytes(16);
}

/** Pieces go as they are. */
export const unsealed: Sealing = { seal: (piece) => piece, open: (sealed) => sealed };

function nonce(n: bigint): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(n, 4);
  return bytes;
}

/**
 * AES-256-GCM under a key from the passphrase. The nonce counts the pieces, so that none can be left out, repeated or
 * moved; the salt makes the key new for every file, so no nonce is used twice under one key.
 */
export function sealedWith(passphrase: string, salt: Buffer): Sealing {
  const key = scryptSync(passphrase.normalize("NFC"), salt, 32, SCRYPT);
  let sealed = 0n;
  let opened = 0n;
  return {
    seal: (piece) => {
      const cipher = createCipheriv("aes-256-gcm", key, nonce(sealed++));
      return Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
    },
    open: (whole) => {
      const decipher = createDecipheriv("aes-256-gcm", key, nonce(opened++));
      decipher.setAuthTag(whole.subarray(whole.length - 16));
      return Buffer.concat([decipher.update(whole.subarray(0, -16)), decipher.final()]);
    },
  };
}
