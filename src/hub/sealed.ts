import type { SealedColumn } from "#src/base/resealing.ts";
import { devicePlace } from "./push/devices.ts";
import { pushKeyPlace } from "./push/keys.ts";

/** What the seal of a way's secret opens for. */
export const wayPlace = (community: string, way: string): string => `${community}/hub-sign-in/${way}`;

/** Keys by which members sign in through platforms, and what reaches their devices. */
export const sealed: readonly SealedColumn[] = [
  { table: "hub_sign_in_ways", column: "sealed", key: ["community_id", "way"], place: wayPlace },
  { table: "hub_push_devices", column: "sealed", key: ["community_id", "id"], place: devicePlace },
  { table: "push_keys", column: "sealed", key: ["id"], place: pushKeyPlace },
];
