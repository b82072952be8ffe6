import type { SealedColumn } from "#src/base/resealing.ts";
import { sealPlace } from "./erasing/run.ts";

/** What somebody was called, while their erasure runs. */
export const sealed: readonly SealedColumn[] = [
  { table: "erasures", column: "sealed", key: ["community_id", "id"], place: sealPlace },
];
