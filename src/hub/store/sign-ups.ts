import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

/** Somebody who has yet to open the letter. Times in milliseconds since 1970 UTC. */
export interface SignUp {
  readonly email: string;
  readonly tokenHash: Buffer;
  readonly name: string;
  readonly passwordHash: string;
  readonly invitationHash: Buffer | undefined;
  readonly at: number;
  readonly expiresAt: number;
}

/** Keeps a wish to join until its letter is opened; an earlier one of the same address ends. */
export async function keepSignUp(tx: Tx, community: CommunityId, wish: SignUp): Promise<void> {
  await sql`
    insert into hub_sign_ups (community_id, email, token_hash, name, password_hash, invitation_hash, made_at, expires_at)
    values (${community}, ${wish.email}, ${wish.tokenHash}, ${wish.name}, ${wish.passwordHash},
      ${wish.invitationHash ?? null}, ${new Date(wish.at)}, ${new Date(wish.expiresAt)})
    on conflict (community_id, email) do update set token_hash = excluded.token_hash, name = excluded.name,
      password_hash = excluded.password_hash, invitation_hash = excluded.invitation_hash, made_at = excluded.made_at,
      expires_at = excluded.expires_at`.execute(tx);
}

/** Who stands behind a letter's link. */
export type KeptSignUp = Pick<SignUp, "email" | "name" | "passwordHash" | "invitationHash">;

const columns = sql`email, name, password_hash as "passwordHash", invitation_hash as "invitationHash"`;

interface Row extends Omit<KeptSignUp, "invitationHash"> {
  readonly invitationHash: Buffer | null;
}

const kept = (row: Row | undefined): KeptSignUp | undefined =>
  row === undefined ? undefined : { ...row, invitationHash: row.invitationHash ?? undefined };

/** The wish behind a link, if the link still works; it stays. */
export async function signUpBehind(
  tx: Tx,
  community: CommunityId,
  link: { tokenHash: Buffer; now: number },
): Promise<KeptSignUp | undefined> {
  const found = await sql<Row>`
    select ${columns} from hub_sign_ups where community_id = ${community} and token_hash = ${link.tokenHash}
      and expires_at > ${new Date(link.now)}`.execute(tx);
  return kept(found.rows[0]);
}

/** Uses a wish up; false when somebody else was faster. */
export async function takeSignUp(tx: Tx, community: CommunityId, tokenHash: Buffer): Promise<boolean> {
  const taken = await sql`
    delete from hub_sign_ups where community_id = ${community} and token_hash = ${tokenHash} returning 1`.execute(tx);
  return taken.rows.length > 0;
}
