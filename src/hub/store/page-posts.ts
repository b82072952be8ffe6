import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import { askedTogether } from "#src/base/gathering.ts";
import { type Post, POSTS_A_PAGE } from "../model.ts";
import { postColumns, postFrom, type RawPost } from "./posts.ts";

/** A page of a topic that is asked for, and the number of the post that must come with it wherever it stands. */
interface PageAsk {
  readonly community: CommunityId;
  readonly topic: number;
  readonly page: number;
  readonly also: number | null;
}

/** As `postsOfPage`, for what pages ask again and again; the post that was asked for besides comes in its place. */
export const pageNow = askedTogether<PageAsk, Post[]>(async (db, asked) => {
  const found = await sql<RawPost & { n: number }>`
    select asked.n, ${postColumns} from unnest(${asked.map(({ community }) => community)}::uuid[],
      ${asked.map(({ topic }) => topic)}::int[], ${asked.map(({ page }) => (page - 1) * POSTS_A_PAGE)}::int[],
      ${asked.map(({ also }) => also)}::int[]) with ordinality as asked (community_id, topic, before, also, n)
    cross join lateral (
      select o.* from hub_posts o where o.community_id = asked.community_id and o.topic = asked.topic
        and o.number > asked.before and o.number <= asked.before + ${POSTS_A_PAGE}
      union all
      select o.* from hub_posts o where o.community_id = asked.community_id and o.topic = asked.topic
        and o.number = asked.also and (o.number <= asked.before or o.number > asked.before + ${POSTS_A_PAGE})
    ) p left join members m on m.community_id = p.community_id and m.id = p.member_id
    order by asked.n, p.number`.execute(db);
  const pages = asked.map((): Post[] => []);
  for (const { n, ...row } of found.rows) pages[n - 1]?.push(postFrom(row));
  return pages;
});
