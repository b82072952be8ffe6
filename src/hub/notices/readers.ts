import { type RawBuilder, sql } from "kysely";
import { groupsOfAccount, isForGroups } from "../store/circles.ts";

/**
 * Whether an account `a` is told of a board `b`: archived ones and those for groups are not for everybody, the team sees all
 * of them.
 */
export const mayReadBoard: RawBuilder<boolean> = sql<boolean>`(a.left_at is null and (a.user_id is not null
  or (b.archived_at is null and ${isForGroups(groupsOfAccount)})))`;
