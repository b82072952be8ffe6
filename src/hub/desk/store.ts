import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { TeamMessageState } from "../model.ts";
import type { DeskMessage, TeamMessage } from "./message.ts";

/** A message about to be kept. `at` in milliseconds since 1970 UTC. */
export interface NewTeamMessage {
  readonly id: string;
  readonly accountId: string;
  readonly memberId: string;
  readonly text: string;
  readonly at: number;
}

/** Keeps a message; false when the same form brought it before. */
export async function addTeamMessage(tx: Tx, community: CommunityId, message: NewTeamMessage): Promise<boolean> {
  const { id, accountId, memberId, text, at } = message;
  const added = await sql`
    insert into hub_team_messages (community_id, id, account_id, member_id, text, made_at)
    values (${community}, ${id}, ${accountId}, ${memberId}, ${text}, ${new Date(at)}) on conflict do nothing
    returning 1`.execute(tx);
  return added.rows.length > 0;
}

const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
const columns = sql`x.id, x.text, ${iso("x.made_at")} as "madeAt", x.state,
  coalesce((select json_agg(json_build_object('id', r.id, 'text', r.text, 'madeAt', ${iso("r.made_at")}) order by r.id)
    from hub_team_answers r where r.community_id = x.community_id and r.message_id = x.id), '[]') as answers`;

/** What somebody wrote to the team lately, the latest first; at most fifty. */
export async function teamMessagesOf(tx: Tx, community: CommunityId, accountId: string): Promise<TeamMessage[]> {
  const found = await sql<TeamMessage>`
    select ${columns} from hub_team_messages x where x.community_id = ${community} and x.account_id = ${accountId}
    order by x.id desc limit 50`.execute(tx);
  return found.rows;
}

/** What part of the messages the team asks for; `after` is the id of the last one before. */
export interface DeskAsk {
  readonly state: TeamMessageState;
  readonly search: string | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

const deskColumns = sql`${columns}, x.member_id as "memberId", coalesce(m.name, '') as name, a.left_at is not null as "hasLeft"`;
const deskTables = sql`hub_team_messages x
  join hub_accounts a on a.community_id = x.community_id and a.id = x.account_id
  left join members m on m.community_id = x.community_id and m.id = x.member_id`;

/** Messages to the team: those that wait with the oldest first, the others with the latest first. */
export async function deskMessages(tx: Tx, community: CommunityId, ask: DeskAsk): Promise<DeskMessage[]> {
  const { state, search, after, limit } = ask;
  const isQueue = state === "new";
  const behind = isQueue ? sql`x.id > ${after ?? null}` : sql`x.id < ${after ?? null}`;
  const pattern = `%${(search ?? "").replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const fits = search === undefined ? sql`true` : sql`(x.text ilike ${pattern} or m.name ilike ${pattern})`;
  const found = await sql<DeskMessage>`
    select ${deskColumns} from ${deskTables} where x.community_id = ${community} and x.state = ${state} and ${fits}
      and ${after === undefined ? sql`true` : behind}
    order by x.id ${isQueue ? sql`asc` : sql`desc`} limit ${limit}`.execute(tx);
  return found.rows;
}

/** A message to the team with its answers; undefined when there is none. */
export async function deskMessage(tx: Tx, community: CommunityId, id: string): Promise<DeskMessage | undefined> {
  const found = await sql<DeskMessage>`
    select ${deskColumns} from ${deskTables} where x.community_id = ${community} and x.id = ${id}`.execute(tx);
  return found.rows[0];
}

/** Says how a message stands; false when there is none. */
export async function writeState(
  tx: Tx,
  community: CommunityId,
  { id, state }: { id: string; state: TeamMessageState },
): Promise<boolean> {
  const changed = await sql`
    update hub_team_messages set state = ${state} where community_id = ${community} and id = ${id} returning 1`.execute(
    tx,
  );
  return changed.rows.length > 0;
}

/** Whom an answer reaches, and how. */
export interface Answered {
  readonly accountId: string;
  readonly name: string;
  readonly email: string | null;
  readonly hasLeft: boolean;
  /** Undefined for whoever never chose: the community's language. */
  readonly language: "en" | "ru" | null;
  readonly wantsMail: boolean;
}

/** An answer about to be kept. `at` in milliseconds since 1970 UTC. */
export interface NewTeamAnswer {
  readonly messageId: string;
  readonly id: string;
  readonly userId: string | null;
  readonly text: string;
  readonly at: number;
}

/** Keeps an answer and says whom it is for; undefined when there is no such message. */
export async function addTeamAnswer(
  tx: Tx,
  community: CommunityId,
  { messageId, id, userId, text, at }: NewTeamAnswer,
): Promise<Answered | undefined> {
  const found = await sql<Answered>`
    select a.id as "accountId", coalesce(m.name, '') as name, a.email, a.left_at is not null as "hasLeft", s.language,
      not 'team' = any(coalesce(s.mail_off, '{}')) as "wantsMail"
    from ${deskTables} left join hub_notice_settings s on s.community_id = a.community_id and s.account_id = a.id
    where x.community_id = ${community} and x.id = ${messageId} for update of x`.execute(tx);
  if (found.rows[0] === undefined) return undefined;
  await sql`
    insert into hub_team_answers (community_id, message_id, id, user_id, text, made_at)
    values (${community}, ${messageId}, ${id}, ${userId}, ${text}, ${new Date(at)})`.execute(tx);
  await writeState(tx, community, { id: messageId, state: "answered" });
  return found.rows[0];
}
