import type { SealedColumn } from "#src/base/resealing.ts";
import { erasureKeyPlace } from "./store/erased.ts";

/** Keys of the hashes by which erased people are known again. */
export const sealed: readonly SealedColumn[] = [
  { table: "erasure_keys", column: "sealed", key: ["community_id"], place: erasureKeyPlace },
];
