import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";

/** The rows of a packed day, whose columns lie one after another: in which order they were read means nothing. */
const rowsOf = (packed: string, widths: readonly number[]) => {
  const row = widths.map((width, place) => {
    const before = widths.slice(0, place).reduce((sum, each) => sum + each, 0);
    return `substring(${packed} from ${before} * n + ${width} * i + 1 for ${width})`;
  });
  const bytes = widths.reduce((sum, each) => sum + each, 0);
  return sql.raw(`(select md5(coalesce(string_agg(r, ''::bytea order by r), ''::bytea)) from (
    select ${row.join(" || ")} as r from (select length(${packed}) / ${bytes} as n) l, generate_series(0, n - 1) i) rows)`);
};

/** What stands on the sheets of days, in a form that does not depend on the order in which a day's messages were read. */
export async function sheetsInOrder(databases: Databases, community: CommunityId): Promise<string> {
  const found = await sql<{ sum: string }>`
    select string_agg(concat_ws(' ', day, md5(writing), ${rowsOf("answering", [4, 4, 2, 2])}, ${rowsOf("replying", [4, 4, 2])}),
      ',' order by day) as sum from day_sheets where community_id = ${community}`.execute(databases.owner);
  return found.rows[0]?.sum ?? "";
}
