import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { OutboxLine, OutboxView } from "../outbox/model.ts";

/** Written out, so that the index over what is not over is used. */
const views: Readonly<Record<OutboxView, RawBuilder<unknown>>> = {
  waiting: sql`o.status in ('waiting', 'sending')`,
  person: sql`o.status in ('unknown', 'dead')`,
  over: sql`o.status in ('sent', 'dropped')`,
};

/** What part of the outbox is asked for. */
export interface OutboxAsk {
  readonly view: OutboxView;
  /** Words of the text, or of the space's name; undefined for all. */
  readonly search: string | undefined;
  /** The position of the last line of the page before. */
  readonly after: number | undefined;
  readonly limit: number;
}

const instant = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;

/** Lines of the outbox, the latest written first. */
export async function outboxLines(tx: Tx, community: CommunityId, ask: OutboxAsk): Promise<OutboxLine[]> {
  const { view, search, after, limit } = ask;
  const pattern = search === undefined ? undefined : `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const found = await sql<OutboxLine>`
    select o.id, o.position::float8 as position, c.platform, c.name as connection, o.action->>'kind' as kind,
      s.name as space, left(coalesce(o.action->>'title', o.action->>'text'), 160) as text,
      case o.priority when 0 then 'moderation' when 1 then 'single' else 'mass' end as priority, o.status, o.attempts,
      o.error, ${instant("o.created_at")} as "writtenAt", ${instant("o.due_at")} as "dueAt", ${instant("o.ended_at")} as "endedAt"
    from outbox o join connections c on c.community_id = o.community_id and c.id = o.connection_id
    left join spaces s on s.community_id = o.community_id and s.platform = c.platform and s.external_id = o.action->>'space'
    where o.community_id = ${community} and ${views[view]}
      and ${after === undefined ? sql`true` : sql`o.position < ${after}`}
      and ${pattern === undefined ? sql`true` : sql`concat_ws(' ', o.action->>'title', o.action->>'text', s.name) ilike ${pattern}`}
    order by o.position desc limit ${limit}`.execute(tx);
  return found.rows;
}

/** How many lines there are of each sort; of what is over none are counted. */
export async function outboxCounts(tx: Tx, community: CommunityId): Promise<{ waiting: number; person: number }> {
  const found = await sql<{ waiting: number; person: number }>`
    select count(*) filter (where status in ('waiting', 'sending')) as waiting,
      count(*) filter (where status in ('unknown', 'dead')) as person
    from outbox where community_id = ${community} and status in ('waiting', 'sending', 'unknown', 'dead')`.execute(tx);
  return found.rows[0] ?? { waiting: 0, person: 0 };
}
