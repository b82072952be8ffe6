import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { askedTogether } from "#src/base/gathering.ts";
import type { Account } from "../model.ts";
import { unreadOf } from "../notices/shown.ts";
import { groupsOfAccount } from "./circles.ts";
import { type FoundHub, foundColumns, foundFrom, type FoundHubRow } from "./hubs.ts";

/** Who is signed in under a token's hash, with the groups they belong to and how much they have not read. */
export interface StandingSession extends Account {
  readonly sessionId: string;
  readonly groupIds: readonly string[];
  readonly unread: number;
  readonly expiresAt: Date;
}

const columns = sql`s.id as "sessionId", a.id as "accountId", a.member_id as "memberId", m.name, groups.ids as "groupIds"`;
const tables = sql`hub_sessions s join hub_accounts a on a.community_id = s.community_id and a.id = s.account_id
  join members m on m.community_id = a.community_id and m.id = a.member_id
  cross join lateral (select ${groupsOfAccount} as ids) groups`;

/** Somebody before a hub: its slug, and the hash of their cookie when they have one. `now` in milliseconds since 1970 UTC. */
export interface Knocking {
  readonly slug: string;
  readonly tokenHash: Buffer | undefined;
  readonly now: number;
}

/** Somebody signed in to an account that they left and can still come back to. */
export interface LeavingSession extends Account {
  /** Until when. */
  readonly until: Date;
}

/** The hub somebody stands before, and the session under their hash, if it stands; of whoever left lately `leaving` alone. */
export interface Entrance extends FoundHub {
  readonly session: StandingSession | undefined;
  readonly leaving: LeavingSession | undefined;
}

type EntranceRow = FoundHubRow &
  Omit<StandingSession, "name" | "sessionId"> & {
    readonly n: number;
    readonly sessionId: string | null;
    readonly memberName: string;
    readonly leavingAt: Date | null;
  };

function entranceFrom(row: EntranceRow): Entrance {
  const {
    n: _,
    sessionId,
    accountId,
    memberId,
    memberName: name,
    groupIds,
    unread,
    expiresAt,
    leavingAt,
    ...found
  } = row;
  const hub = foundFrom(found);
  if (sessionId === null) return { ...hub, session: undefined, leaving: undefined };
  if (leavingAt !== null)
    return { ...hub, session: undefined, leaving: { accountId, memberId, name, until: leavingAt } };
  const session = { sessionId, accountId, memberId, name, groupIds, unread, expiresAt };
  return { ...hub, session, leaving: undefined };
}

/** A hub with whoever comes to it, as of this moment: every page and procedure of the hub begins with it. */
export const entranceOf = askedTogether<Knocking, Entrance | undefined>(async (db, asked) => {
  const hashes = asked.map(({ tokenHash }) => tokenHash ?? null);
  const found = await sql<EntranceRow>`
    select asked.n, ${foundColumns}, session.* from unnest(${asked.map(({ slug }) => slug)}::text[], ${hashes}::bytea[],
      ${asked.map(({ now }) => now)}::float8[]) with ordinality as asked (slug, hash, at, n)
    join communities c on c.slug = asked.slug and c.deleted_at is null
    join hubs h on h.community_id = c.id left join log_heads l on l.community_id = c.id
    left join lateral (select s.id as "sessionId", a.id as "accountId", a.member_id as "memberId", m.name as "memberName",
      groups.ids as "groupIds", s.expires_at as "expiresAt", a.grace_until as "leavingAt", ${unreadOf(sql`groups.ids`)} as unread from ${tables}
      where s.community_id = c.id and s.token_hash = asked.hash
        and (a.left_at is null or a.grace_until > to_timestamp(asked.at / 1000))
        and s.expires_at > to_timestamp(asked.at / 1000)) session on true`.execute(db);
  const entrances = new Map(found.rows.map((row) => [row.n, entranceFrom(row)]));
  return asked.map((_, i) => entrances.get(i + 1));
});

/** Of these sessions those that stand, by their hash in hexadecimal. `now` in milliseconds since 1970 UTC. */
export async function standingSessions(
  db: Db,
  community: CommunityId,
  asked: { hashes: readonly Buffer[]; now: number },
): Promise<Map<string, Omit<StandingSession, "expiresAt" | "unread">>> {
  if (asked.hashes.length === 0) return new Map();
  const found = await sql<Omit<StandingSession, "expiresAt" | "unread"> & { hash: string }>`
    select ${columns}, encode(s.token_hash, 'hex') as hash from ${tables}
    where s.community_id = ${community} and s.token_hash = any(${[...asked.hashes]}::bytea[])
      and s.expires_at > ${new Date(asked.now)} and a.left_at is null`.execute(db);
  return new Map(found.rows.map(({ hash, ...session }) => [hash, session]));
}

/** A session about to begin. Times in milliseconds since 1970 UTC. */
export interface NewSession {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly accountId: string;
  /** Such as `Firefox, Linux`; empty when the browser does not say. */
  readonly device: string;
  readonly at: number;
  readonly expiresAt: number;
}

/** Begins a session, and clears away those of the same account that have run out. */
export async function addSession(db: Db | Tx, community: CommunityId, session: NewSession): Promise<void> {
  await sql`
    delete from hub_sessions where community_id = ${community} and account_id = ${session.accountId}
      and expires_at <= ${new Date(session.at)}`.execute(db);
  await sql`
    insert into hub_sessions (community_id, id, token_hash, account_id, device, made_at, seen_at, proved_at, expires_at)
    values (${community}, ${session.id}, ${session.tokenHash}, ${session.accountId}, ${session.device},
      ${new Date(session.at)}, ${new Date(session.at)}, ${new Date(session.at)}, ${new Date(session.expiresAt)})`.execute(
    db,
  );
}

/** Moves the end of a session that is used at `seenAt`. Times in milliseconds since 1970 UTC. */
export async function prolongSession(
  db: Db,
  community: CommunityId,
  session: { tokenHash: Buffer; seenAt: number; expiresAt: number },
): Promise<void> {
  await sql`
    update hub_sessions set expires_at = ${new Date(session.expiresAt)}, seen_at = ${new Date(session.seenAt)}
    where community_id = ${community} and token_hash = ${session.tokenHash}`.execute(db);
}

/** Ends a session. */
export async function dropSession(db: Db | Tx, community: CommunityId, tokenHash: Buffer): Promise<void> {
  await sql`delete from hub_sessions where community_id = ${community} and token_hash = ${tokenHash}`.execute(db);
}

/** A place where a member is signed in. */
export interface SessionRow {
  readonly id: string;
  readonly device: string;
  readonly madeAt: Date;
  /** Kept to the day. */
  readonly seenAt: Date;
}

/** More places than this nobody is signed in at; the longest unused are not shown. */
const MOST_SHOWN = 50;

/** Where an account is signed in, the latest used first. `now` in milliseconds since 1970 UTC. */
export async function sessionsOf(
  tx: Tx,
  community: CommunityId,
  asked: { accountId: string; now: number },
): Promise<SessionRow[]> {
  const found = await sql<SessionRow>`
    select id, device, made_at as "madeAt", seen_at as "seenAt" from hub_sessions
    where community_id = ${community} and account_id = ${asked.accountId} and expires_at > ${new Date(asked.now)}
    order by seen_at desc, id desc limit ${MOST_SHOWN}`.execute(tx);
  return found.rows;
}

/** Ends one session of an account; false when there is no such session. */
export async function endSessionOf(
  tx: Tx,
  community: CommunityId,
  which: { accountId: string; id: string },
): Promise<boolean> {
  const ended = await sql`
    delete from hub_sessions where community_id = ${community} and account_id = ${which.accountId}
      and id = ${which.id} returning 1`.execute(tx);
  return ended.rows.length > 0;
}

/** Ends every session of an account but one, when one is kept. */
export async function endSessionsOf(
  tx: Tx,
  community: CommunityId,
  which: { accountId: string; kept: string | undefined },
): Promise<void> {
  await sql`
    delete from hub_sessions where community_id = ${community} and account_id = ${which.accountId}
      and id is distinct from ${which.kept ?? null}::uuid`.execute(tx);
}

/** When whoever holds a session last proved who they are; undefined when it is over. */
export async function provedAt(tx: Tx, community: CommunityId, id: string): Promise<Date | undefined> {
  const found = await sql<{ at: Date }>`
    select proved_at as at from hub_sessions where community_id = ${community} and id = ${id}`.execute(tx);
  return found.rows[0]?.at;
}

/** Notes that whoever holds a session has proved who they are. `at` in milliseconds since 1970 UTC. */
export async function markProved(tx: Tx, community: CommunityId, session: { id: string; at: number }): Promise<void> {
  await sql`
    update hub_sessions set proved_at = ${new Date(session.at)}
    where community_id = ${community} and id = ${session.id}`.execute(tx);
}
