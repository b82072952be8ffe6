import { sql } from "kysely";
import type { Db, Tx } from "#src/base/database.ts";
import type { Profile } from "../model.ts";

/** A session that stands, with the person whose it is. */
export interface StandingSession {
  readonly id: string;
  readonly profile: Profile;
  /** Milliseconds since 1970 UTC; kept to the day. */
  readonly usedAt: number;
}

/** The session under this hash, if it has not expired. */
export async function standingSession(db: Db, tokenHash: Buffer, now: number): Promise<StandingSession | undefined> {
  const found = await sql<Profile & { sessionId: string; usedAt: Date }>`
    select u.id, u.name, u.email, u.language, u.theme, u.time_zone as "timeZone", u.is_install_owner as "isInstallOwner",
      s.id as "sessionId", s.used_at as "usedAt"
    from sessions s join users u on u.id = s.user_id
    where s.token_hash = ${tokenHash} and s.expires_at > ${new Date(now)}`.execute(db);
  const [row] = found.rows;
  if (row === undefined) return undefined;
  const { sessionId, usedAt, ...profile } = row;
  return { id: sessionId, profile, usedAt: usedAt.getTime() };
}

/** A session about to begin. Times in milliseconds since 1970 UTC. */
export interface NewSession {
  readonly id: string;
  readonly userId: string;
  readonly tokenHash: Buffer;
  readonly userAgent: string | undefined;
  readonly at: number;
  readonly expiresAt: number;
}

/** Begins a session. */
export async function addSession(db: Db, session: NewSession): Promise<void> {
  const at = new Date(session.at);
  await sql`
    insert into sessions (id, user_id, token_hash, user_agent, created_at, used_at, expires_at, proved_at)
    values (${session.id}, ${session.userId}, ${session.tokenHash}, ${session.userAgent ?? null}, ${at}, ${at},
      ${new Date(session.expiresAt)}, ${at})`.execute(db);
}

/** When whoever holds a session last proved who they are, in milliseconds since 1970 UTC; undefined when never. */
export async function provedAt(db: Db, id: string): Promise<number | undefined> {
  const found = await sql<{ at: Date | null }>`select proved_at as at from sessions where id = ${id}`.execute(db);
  return found.rows[0]?.at?.getTime();
}

/** Notes that whoever holds a session has proved who they are. `at` in milliseconds since 1970 UTC. */
export async function markProved(db: Db, id: string, at: number): Promise<void> {
  await sql`update sessions set proved_at = ${new Date(at)} where id = ${id}`.execute(db);
}

/** Prolongs a session that is used. */
export async function prolongSession(db: Db, id: string, times: { usedAt: number; expiresAt: number }): Promise<void> {
  await sql`
    update sessions set used_at = ${new Date(times.usedAt)}, expires_at = ${new Date(times.expiresAt)}
    where id = ${id}`.execute(db);
}

/** Ends the session under this hash. */
export async function dropSession(db: Db, tokenHash: Buffer): Promise<void> {
  await sql`delete from sessions where token_hash = ${tokenHash}`.execute(db);
}

/** A place where a person is signed in. */
export interface SessionRow {
  readonly id: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly usedAt: Date;
}

/** Where a person is signed in, newest first. */
export async function sessionsOf(db: Db, userId: string): Promise<SessionRow[]> {
  const found = await sql<SessionRow>`
    select id, user_agent as "userAgent", created_at as "createdAt", used_at as "usedAt" from sessions
    where user_id = ${userId} and expires_at > now() order by created_at desc, id desc limit 100`.execute(db);
  return found.rows;
}

/** Ends one of a person's sessions; false when they have no such session. */
export async function endSession(db: Db, userId: string, sessionId: string): Promise<boolean> {
  const ended = await sql`delete from sessions where user_id = ${userId} and id = ${sessionId} returning 1`.execute(db);
  return ended.rows.length > 0;
}

/** Ends every session of a person, and every half-done sign-in. */
export async function endSessionsOf(tx: Tx, userId: string): Promise<void> {
  await sql`delete from sessions where user_id = ${userId}`.execute(tx);
  await sql`delete from half_sign_ins where user_id = ${userId}`.execute(tx);
}

/** A person's password as it is kept. */
export interface KeptPassword {
  readonly userId: string;
  readonly hash: string;
}

/** The password of whoever has this address, in lower case. */
export async function passwordOf(db: Db, email: string): Promise<KeptPassword | undefined> {
  const found = await sql<KeptPassword>`
    select u.id as "userId", p.hash from users u join passwords p on p.user_id = u.id where u.email = ${email}`.execute(
    db,
  );
  return found.rows[0];
}

/** Keeps another password and ends every session of the person but one, and every reset link. */
export async function replacePassword(
  tx: Tx,
  userId: string,
  change: { hash: string; keptSession: string; at: number },
): Promise<void> {
  await sql`
    update passwords set hash = ${change.hash}, changed_at = ${new Date(change.at)} where user_id = ${userId}`.execute(
    tx,
  );
  await sql`delete from sessions where user_id = ${userId} and id <> ${change.keptSession}`.execute(tx);
  await sql`delete from reset_links where user_id = ${userId}`.execute(tx);
  await sql`delete from half_sign_ins where user_id = ${userId}`.execute(tx);
}
