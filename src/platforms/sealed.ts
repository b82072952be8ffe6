import type { SealedColumn } from "#src/base/resealing.ts";
import { erasureKeyPlace } from "./store/erased.ts";

/** What the seal of a connection's token opens for. */
const connectionPlace = (community: string, id: string): string => `${community}/connections/${id}`;

/** Tokens of connections, and keys of the hashes by which erased people are known again. */
export const sealed: readonly SealedColumn[] = [
  { table: "connections", column: "sealed", key: ["community_id", "id"], place: connectionPlace },
  { table: "erasure_keys", column: "sealed", key: ["community_id"], place: erasureKeyPlace },
];
