import { type RawBuilder, sql } from "kysely";
import { groupsOfAccount, isForGroups } from "../store/circles.ts";

/**
 * Whether an account `a` is told of a board `b`: archives tell members nothing, those for groups tell their people, the team
 * is told of all.
 */
export const mayReadBoard: RawBuilder<boolean> = sql<boolean>`(a.left_at is null and (a.user_id is not null
  or (b.archived_at is null and ${isForGroups(groupsOfAccount)})))`;
