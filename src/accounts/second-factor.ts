import { hash, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { Databases, Db, Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Secrets } from "#src/base/secrets.ts";
import type { PersonCall } from "./call.ts";
import {
  confirmTotp,
  dropTotp,
  endOtherSessions,
  factorsOf,
  putTotp,
  replaceBackupCodes,
  takeStep,
  totpOf,
  useBackupCode,
} from "./store/factors.ts";

/** What every code app takes (RFC 6238): six digits, new every 30 seconds. */
const PERIOD_S = 30;
/** Codes of the step before and after are taken too, for clocks that go wrong by half a minute (RFC 6238, 5.2). */
const WINDOW = 1;
/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20;
const BACKUP_CODES = 10;
/** 80 bits each: hashes of them cannot be tried through, so a fast one is enough. */
const BACKUP_BYTES = 10;
/** Letters and digits that are not mistaken for one another (Crockford's Base32). */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What the seal of somebody's code app opens for. */
export const totpPlace = (userId: string): string => `totp/${userId}`;

function appFor(base32: string, label: string): TOTP {
  return new TOTP({ issuer: "Veche", label, secret: Secret.fromBase32(base32), digits: 6, period: PERIOD_S });
}

/** Begins setting up a code app: what goes into the app, as a link (shown as a QR code) and to type. Refuses when one stands. */
export async function beginTotp(call: PersonCall): Promise<{ uri: string; secret: string }> {
  const secret = new Secret({ size: SECRET_BYTES }).base32;
  const sealed = call.secrets.seal(secret, totpPlace(call.person.id));
  const isNew = await putTotp(call.databases.owner, call.person.id, { sealed, at: call.now() });
  if (!isNew) refuse("conflict", "accounts.totp-stands");
  return { uri: appFor(secret, call.person.email).toString(), secret };
}

/** What checking a code needs. */
export interface CodeTools {
  readonly databases: Databases;
  readonly secrets: Secrets;
  readonly now: () => number;
}

async function isTotpCode({ databases, secrets, now }: CodeTools, userId: string, code: string): Promise<boolean> {
  const kept = await totpOf(databases.owner, userId);
  if (kept === undefined) return false;
  const timestamp = now();
  const delta = appFor(secrets.open(kept.sealed, totpPlace(userId)), "").validate({
    token: code,
    timestamp,
    window: WINDOW,
  });
  if (delta === null) return false;
  return takeStep(databases.owner, userId, Math.floor(timestamp / 1000 / PERIOD_S) + delta);
}

/** Whether this is a code of the person's app, or a backup code. Each is taken once. */
export async function isSecondFactor(tools: CodeTools, userId: string, typed: string): Promise<boolean> {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  if (/^\d{6}$/.test(code)) {
    const kept = await totpOf(tools.databases.owner, userId);
    return kept?.isConfirmed === true && isTotpCode(tools, userId, code);
  }
  return useBackupCode(tools.databases.owner, userId, { hash: backupHash(userId, code), at: tools.now() });
}

function backupHash(userId: string, code: string): Buffer {
  return hash("sha256", `${userId} ${code}`, "buffer");
}

function backupCode(): string {
  let bits = BigInt(`0x${randomBytes(BACKUP_BYTES).toString("hex")}`);
  let code = "";
  for (; code.length < (BACKUP_BYTES * 8) / 5; bits >>= 5n) code += LETTERS[Number(bits & 31n)];
  return code;
}

/** New backup codes in place of all before; shown this once. */
export async function makeBackupCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: BACKUP_CODES }, backupCode);
  await replaceBackupCodes(
    tx,
    userId,
    codes.map((code) => backupHash(userId, code)),
  );
  return codes.map((code) => code.replaceAll(/(.{4})(?=.)/g, "$1-"));
}

/**
 * Ends setting up by a code of the app. Everywhere else the person is signed out, because those sessions began without the
 * second factor. Gives backup codes when there were none.
 */
export async function finishTotp(call: PersonCall, code: string): Promise<string[]> {
  const userId = call.person.id;
  const { databases } = call;
  const kept = await totpOf(databases.owner, userId);
  if (kept === undefined || kept.isConfirmed) return refuse("conflict", "accounts.no-totp-begun");
  if (!(await isTotpCode(call, userId, code.replaceAll(/\s/g, "")))) return refuse("invalid", "accounts.wrong-code");
  return databases.asOwner(async (tx) => {
    const { backupCodes } = await factorsOf(tx, userId);
    await confirmTotp(tx, userId, call.now());
    await endOtherSessions(tx, userId, call.sessionId);
    return backupCodes > 0 ? [] : makeBackupCodes(tx, userId);
  });
}

/** Backup codes alone prove nothing: they go with the last second factor. */
export async function dropIdleBackupCodes(tx: Tx, userId: string): Promise<void> {
  const { totpSince, passkeys } = await factorsOf(tx, userId);
  if (totpSince === undefined && passkeys === 0) await replaceBackupCodes(tx, userId, []);
}

/** Forgets the code app. */
export async function endTotp(call: PersonCall): Promise<void> {
  await call.databases.asOwner(async (tx) => {
    await dropTotp(tx, call.person.id);
    await dropIdleBackupCodes(tx, call.person.id);
  });
}

/** By what somebody whose password was right can prove themselves further; empty when the password is enough. */
export async function awaitedFactors(db: Db, userId: string): Promise<("code" | "passkey" | "backup-code")[]> {
  const { totpSince, passkeys, backupCodes } = await factorsOf(db, userId);
  if (totpSince === undefined && passkeys === 0) return [];
  return [
    ...(totpSince === undefined ? [] : (["code"] as const)),
    ...(passkeys === 0 ? [] : (["passkey"] as const)),
    ...(backupCodes === 0 ? [] : (["backup-code"] as const)),
  ];
}
