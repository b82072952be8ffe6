import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Consent, ConsentText } from "../model.ts";

const textColumns = sql`
  t.id, t.purpose, t.version, t.text, encode(t.hash, 'hex') as hash, t.made_at as "madeAt",
  (select count(*) from consents c where c.community_id = t.community_id and c.text_id = t.id
    and c.withdrawn_at is null) as standing`;

type TextRow = Omit<ConsentText, "madeAt"> & { readonly madeAt: Date };

const textFrom = (row: TextRow): ConsentText => ({ ...row, madeAt: row.madeAt.toISOString() });

/** Wordings by purpose, the newest version first. */
export async function consentTexts(tx: Tx, community: CommunityId): Promise<ConsentText[]> {
  const found = await sql<TextRow>`
    select ${textColumns} from consent_texts t where t.community_id = ${community}
    order by lower(t.purpose), t.purpose, t.version desc`.execute(tx);
  return found.rows.map(textFrom);
}

/** Keeps a wording as the next version of its purpose. */
export async function addConsentText(
  tx: Tx,
  community: CommunityId,
  made: { id: string; purpose: string; text: string; hash: Buffer; by: string | null; at: number },
): Promise<ConsentText | undefined> {
  await sql`
    insert into consent_texts (community_id, id, purpose, version, text, hash, made_at, made_by)
    select ${community}, ${made.id}, ${made.purpose}, coalesce(max(version), 0) + 1, ${made.text}, ${made.hash},
      ${new Date(made.at)}, ${made.by} from consent_texts
    where community_id = ${community} and purpose = ${made.purpose}`.execute(tx);
  const found = await sql<TextRow>`
    select ${textColumns} from consent_texts t where t.community_id = ${community} and t.id = ${made.id}`.execute(tx);
  return found.rows.map(textFrom)[0];
}

type ConsentRow = Omit<Consent, "givenAt" | "withdrawnAt"> & {
  readonly givenAt: Date;
  readonly withdrawnAt: Date | null;
};

const consentFrom = ({ givenAt, withdrawnAt, ...row }: ConsentRow): Consent => ({
  ...row,
  givenAt: givenAt.toISOString(),
  withdrawnAt: withdrawnAt?.toISOString() ?? null,
});

/** Consents, the newest first, those before an id where one is given. */
export async function listConsents(
  tx: Tx,
  community: CommunityId,
  ask: { memberId?: string | undefined; id?: string | undefined; before?: string | undefined; limit: number },
): Promise<Consent[]> {
  const wanted = [
    sql`c.community_id = ${community}`,
    ...(ask.memberId === undefined ? [] : [sql`c.member_id = ${ask.memberId}`]),
    ...(ask.id === undefined ? [] : [sql`c.id = ${ask.id}`]),
    ...(ask.before === undefined ? [] : [sql`c.id < ${ask.before}::uuid`]),
  ];
  const found = await sql<ConsentRow>`
    select c.id, c.member_id as "memberId", coalesce(m.name, '') as "memberName", t.purpose, t.version,
      encode(t.hash, 'hex') as hash, c.given_at as "givenAt", c.place, c.withdrawn_at as "withdrawnAt"
    from consents c join consent_texts t on t.community_id = c.community_id and t.id = c.text_id
    left join members m on m.community_id = c.community_id and m.id = c.member_id
    where ${sql.join(wanted, sql` and `)} order by c.id desc limit ${ask.limit}`.execute(tx);
  return found.rows.map(consentFrom);
}

/** Whether there is a wording with this id. */
export async function hasConsentText(tx: Tx, community: CommunityId, id: string): Promise<boolean> {
  const found = await sql`select from consent_texts where community_id = ${community} and id = ${id}`.execute(tx);
  return found.rows.length > 0;
}

/** Writes down a consent; false when the person agrees to this wording already. */
export async function addConsent(
  tx: Tx,
  community: CommunityId,
  given: { id: string; memberId: string; textId: string; at: number; place: string; by: string | null },
): Promise<boolean> {
  const added = await sql`
    insert into consents (community_id, id, member_id, text_id, given_at, place, recorded_by)
    values (${community}, ${given.id}, ${given.memberId}, ${given.textId}, ${new Date(given.at)}, ${given.place}, ${given.by})
    on conflict do nothing returning 1`.execute(tx);
  return added.rows.length > 0;
}

/** Notes that a consent was taken back; one taken back before keeps its first date. */
export async function withdrawConsent(
  tx: Tx,
  community: CommunityId,
  taken: { id: string; at: number },
): Promise<void> {
  await sql`
    update consents set withdrawn_at = coalesce(withdrawn_at, ${new Date(taken.at)})
    where community_id = ${community} and id = ${taken.id}`.execute(tx);
}
