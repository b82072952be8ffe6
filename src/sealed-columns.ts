import { sealed as ofAccounts } from "#src/accounts/sealed.ts";
import { sealedLetters } from "#src/base/mail/post.ts";
import type { SealedColumn } from "#src/base/resealing.ts";
import { sealed as ofHub } from "#src/hub/sealed.ts";
import { sealed as ofPlatforms } from "#src/platforms/sealed.ts";
import { sealed as ofRights } from "#src/rights/sealed.ts";

/** Every column that holds sealed texts; a test compares them with the catalog. */
export const sealedColumns: readonly SealedColumn[] = [
  sealedLetters,
  ...ofAccounts,
  ...ofPlatforms,
  ...ofHub,
  ...ofRights,
];
