import type { SealedColumn } from "#src/base/resealing.ts";
import { totpPlace } from "./second-factor.ts";

/** Secrets of code apps. */
export const sealed: readonly SealedColumn[] = [
  { table: "totp_secrets", column: "sealed", key: ["user_id"], place: totpPlace },
];
