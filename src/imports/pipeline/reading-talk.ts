import type { RefusalDetails, RefusalKind } from "#src/base/refusal.ts";
import type { Choices, ResumePoint } from "../formats/format.ts";
import type { Parcel } from "./batch.ts";

/** So many batches are handed over and not stored yet: one that is being stored and one that waits. Each takes some megabytes. */
export const AHEAD = 2;

/** What is to be read, from where on and how. */
export interface WantedReading {
  readonly path: string;
  readonly name: string;
  readonly format: string;
  readonly choices: Choices;
  readonly resume: ResumePoint | undefined;
}

/** An error as it goes between threads. */
export type Trouble =
  | { readonly refusal: { readonly kind: RefusalKind; readonly code: string; readonly details: RefusalDetails } }
  | { readonly message: string; readonly stack: string | undefined; readonly code: string | undefined };

/** What the reading thread is told: that a batch was taken, and that no more are wanted. */
export type ReadingAsked = "taken" | "stop";

/** What the reading thread tells. */
export type ReadingTold =
  | { readonly kind: "batch"; readonly parcel: Parcel }
  | { readonly kind: "end" }
  | { readonly kind: "trouble"; readonly trouble: Trouble };
