import { sql } from "kysely";
import { z } from "zod";
import type { CommunityFacts } from "#src/accounts/call.ts";
import { instantOfLocal, localDay, weekday } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { locales } from "#src/base/locale.ts";
import { timeZoneSchema } from "#src/communities/model.ts";
import { noticeKinds } from "./kinds.ts";

/** How often news come by mail; weekly on Mondays. */
export const digests = ["daily", "weekly", "off"] as const;

const kindsSchema = z.array(z.enum(noticeKinds)).max(noticeKinds.length);
const hourSchema = z.int().min(0).max(23);
/** When most people sleep. */
const QUIET_FROM = 22;
const QUIET_TO = 8;

/** What a member wants to be told of, and where. */
export const noticeSettingsSchema = z.object({
  hubOff: kindsSchema.describe("Kinds that are not told in the hub"),
  mailOff: kindsSchema.describe("Kinds that are left out of letters"),
  pushOff: kindsSchema.default([]).describe("Kinds that are not told on your devices"),
  digest: z.enum(digests),
  hour: hourSchema.describe("Of your clock: when a letter comes"),
  quietFrom: hourSchema.default(QUIET_FROM).describe("Of your clock: from then on no device rings"),
  quietTo: hourSchema.default(QUIET_TO).describe("Until then; the same hour as `quietFrom`: devices always ring"),
  timeZone: timeZoneSchema,
  language: z.enum(locales).describe("Of letters"),
});
export type NoticeSettings = z.infer<typeof noticeSettingsSchema>;

/**
 * What goes for whoever never said anything: all kinds, and a letter on Monday morning by the community's clock, which comes
 * only when something concerns them that they have not read.
 */
export function usualSettings(facts: Pick<CommunityFacts, "timeZone" | "language">): NoticeSettings {
  const { timeZone, language } = facts;
  const quiet = { quietFrom: QUIET_FROM, quietTo: QUIET_TO };
  return { hubOff: [], mailOff: [], pushOff: [], digest: "weekly", hour: 9, ...quiet, timeZone, language };
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** When a letter is due next after an instant; undefined with letters off. Milliseconds since 1970 UTC. */
export function nextDigest(
  { digest, hour, timeZone }: Pick<NoticeSettings, "digest" | "hour" | "timeZone">,
  after: number,
): number | undefined {
  if (digest === "off") return undefined;
  const today = localDay(after, timeZone);
  const first = digest === "daily" ? today : today + ((7 - weekday(today)) % 7);
  const at = (day: number): number => instantOfLocal(day * DAY + hour * HOUR, timeZone);
  return at(first) > after ? at(first) : at(first + (digest === "daily" ? 1 : 7));
}

const moment = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at));

/** What somebody has said; undefined when they never said anything. With the id of their last letter. */
export async function settingsOf(
  tx: Tx,
  community: CommunityId,
  accountId: string,
): Promise<(NoticeSettings & { readonly letterId: string | null }) | undefined> {
  const found = await sql<NoticeSettings & { letterId: string | null }>`
    select hub_off as "hubOff", mail_off as "mailOff", push_off as "pushOff", digest, hour, quiet_from as "quietFrom",
      quiet_to as "quietTo", time_zone as "timeZone", language,
      letter_id as "letterId"
    from hub_notice_settings where community_id = ${community} and account_id = ${accountId}`.execute(tx);
  return found.rows[0];
}

/** Keeps what somebody says. `now` in milliseconds since 1970 UTC: the next letter is the first one due after it. */
export async function writeSettings(
  tx: Tx,
  community: CommunityId,
  { accountId, settings, now }: { accountId: string; settings: NoticeSettings; now: number },
): Promise<void> {
  const { hubOff, mailOff, pushOff, digest, hour, quietFrom, quietTo, timeZone, language } = settings;
  await sql`
    insert into hub_notice_settings (community_id, account_id, hub_off, mail_off, push_off, digest, hour, quiet_from, quiet_to,
      time_zone, language, next_at)
    values (${community}, ${accountId}, ${[...hubOff]}, ${[...mailOff]}, ${[...pushOff]}, ${digest}, ${hour}, ${quietFrom}, ${quietTo}, ${timeZone},
      ${language}, ${moment(nextDigest(settings, now))})
    on conflict (community_id, account_id) do update set hub_off = excluded.hub_off, mail_off = excluded.mail_off,
      push_off = excluded.push_off, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
      digest = excluded.digest, hour = excluded.hour, time_zone = excluded.time_zone, language = excluded.language,
      next_at = excluded.next_at`.execute(tx);
}

/** Gives whoever can get letters, those of the team who take part among them, and never said anything the usual settings, so that letters come to them as well. */
export async function enrolReaders(
  tx: Tx,
  community: CommunityId,
  { facts, now }: { facts: Pick<CommunityFacts, "timeZone" | "language">; now: number },
): Promise<void> {
  const { digest, hour, timeZone, language } = usualSettings(facts);
  const nextAt = moment(nextDigest({ digest, hour, timeZone }, now));
  await sql`
    insert into hub_notice_settings (community_id, account_id, hub_off, mail_off, push_off, digest, hour, quiet_from, quiet_to,
      time_zone, language, next_at)
    select a.community_id, a.id, '{}', '{}', '{}', ${digest}, ${hour}, ${QUIET_FROM}, ${QUIET_TO}, ${timeZone},
      coalesce(u.language, ${language}), ${nextAt}
    from hub_accounts a left join users u on u.id = a.user_id
    where a.community_id = ${community} and (a.email is not null or u.id is not null) and a.left_at is null
      and not exists (select from hub_notice_settings s where s.community_id = a.community_id and s.account_id = a.id)
    on conflict do nothing`.execute(tx);
}
