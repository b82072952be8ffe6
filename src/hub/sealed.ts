import type { SealedColumn } from "#src/base/resealing.ts";

/** What the seal of a way's secret opens for. */
export const wayPlace = (community: string, way: string): string => `${community}/hub-sign-in/${way}`;

/** Keys by which members sign in through platforms. */
export const sealed: readonly SealedColumn[] = [
  { table: "hub_sign_in_ways", column: "sealed", key: ["community_id", "way"], place: wayPlace },
];
