import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { type Locale, inLocale } from "#src/base/locale.ts";
import type { Letter } from "#src/base/mail/letter.ts";
import { m } from "#words";
import { hubHome, type LetterPlace } from "../people/letters.ts";
import type { Notice } from "./kinds.ts";
import { mayReadBoard } from "./readers.ts";
import { noticeText } from "./sentence.ts";
import type { NoticeSettings } from "./settings.ts";

/** So many lines fit a letter that is read; the rest is counted. */
const MOST_LINES = 10;
/** And so many topics that others talk about. */
const MOST_POPULAR = 3;
const WEEK_MS = 7 * 86_400_000;

type Line = Pick<Notice, "kind" | "count" | "actor" | "title"> & { readonly all: number };

/** Somebody whose letter is due. */
export interface DueReader extends Pick<NoticeSettings, "digest" | "hour" | "timeZone"> {
  readonly accountId: string;
  readonly email: string | null;
  readonly language: Locale;
  readonly nextAt: Date;
  /** Whether something came since their last letter that they have not read. */
  readonly hasNews: boolean;
  readonly lines: readonly Line[];
}

/**
 * Where letters reach an account `a`: one of the team has the address of the console, as long as they are of this community's.
 * Whoever is leaving gets none, though their address is kept for some days.
 */
const reachedAt = sql`case when a.left_at is null then coalesce(a.email, (select u.email from users u where u.id = a.user_id
  and (u.is_install_owner or exists (select from staff_roles r where r.community_id = a.community_id and r.user_id = u.id)))) end`;

/** Whose letters are due, by account, with what they have not read; closest to themselves first. `now` in milliseconds since 1970 UTC. */
export async function dueReaders(
  db: Db,
  community: CommunityId,
  ask: { now: number; after: string; limit: number },
): Promise<DueReader[]> {
  const news = sql`from hub_notices n
    left join hub_topics t on t.community_id = n.community_id and t.number = n.topic
    left join hub_boards b on b.community_id = t.community_id and b.id = t.board_id
    where n.community_id = a.community_id and n.account_id = a.id and n.read_at is null and n.by_mail
      and (n.topic = 0 or (t.deleted_at is null and ${mayReadBoard}))`;
  const found = await sql<DueReader>`
    select s.account_id as "accountId", ${reachedAt} as email, s.digest, s.hour, s.time_zone as "timeZone", s.language, s.next_at as "nextAt",
      exists (select ${news} and n.at > coalesce(s.sent_at, '-infinity')) as "hasNews",
      coalesce((select json_agg(line) from (select n.kind, n.count, coalesce(t.title, (select g.name from hub_groups g
        where g.community_id = n.community_id and n.kind = 'group' and g.number = n.number), '') as title,
        coalesce((select who.name from members who where who.community_id = n.community_id and who.id = n.actor_id), '') as actor,
        count(*) over () as all ${news}
        order by array_position(array['team', 'group', 'announcement', 'accepted', 'mention', 'quote', 'call', 'answer', 'reply', 'topic',
          'reaction'], n.kind), n.at desc limit ${MOST_LINES}) line), '[]') as lines
    from hub_notice_settings s join hub_accounts a on a.community_id = s.community_id and a.id = s.account_id
    where s.community_id = ${community} and s.next_at <= ${new Date(ask.now)} and s.account_id > ${ask.after}
    order by s.account_id limit ${ask.limit}`.execute(db);
  return found.rows;
}

/** Titles of what is talked about most this week in boards that every member reads; the formula is that of the home page. */
export async function popularForAll(db: Db, community: CommunityId, now: number): Promise<string[]> {
  const found = await sql<{ title: string }>`
    select t.title from hub_posts p join hub_topics t on t.community_id = p.community_id and t.number = p.topic
    join hub_boards b on b.community_id = t.community_id and b.id = t.board_id
    where p.community_id = ${community} and p.sent_at >= ${new Date(now - WEEK_MS)} and p.deleted_at is null
      and t.deleted_at is null and b.archived_at is null and b.access <> 'groups'
    group by t.number, t.title order by 3 * count(distinct p.member_id) + count(*) desc, t.number desc
    limit ${MOST_POPULAR}`.execute(db);
  return found.rows.map(({ title }) => title);
}

/**
 * Moves a reader on to their next letter, with the one that goes out now if there is one; false when another process has
 * done so already. Times in milliseconds since 1970 UTC.
 */
export async function moveReaderOn(
  tx: Tx,
  community: CommunityId,
  move: {
    reader: Pick<DueReader, "accountId" | "nextAt">;
    nextAt: number | undefined;
    sent?: { at: number; letterId: string };
  },
): Promise<boolean> {
  const { reader, nextAt, sent } = move;
  const next = nextAt === undefined ? null : new Date(nextAt);
  const letter =
    sent === undefined ? sql`` : sql`, sent_at = ${new Date(sent.at)}::timestamptz, letter_id = ${sent.letterId}::uuid`;
  const moved = await sql`
    update hub_notice_settings set next_at = ${next}::timestamptz ${letter}
    where community_id = ${community} and account_id = ${reader.accountId} and next_at = ${reader.nextAt}
    returning 1`.execute(tx);
  return moved.rows.length > 0;
}

/** A letter with what somebody has not read. */
export function digestLetter(
  reader: Omit<DueReader, "email"> & { readonly email: string },
  about: { place: LetterPlace; popular: readonly string[]; stop: string },
): Letter {
  const { email, language, lines } = reader;
  const { place, popular, stop } = about;
  const home = hubHome(place);
  const community = place.facts.name;
  return inLocale(language, () => ({
    to: email,
    locale: language,
    subject: m.hub_digest_subject({ count: lines[0]?.all ?? 0, community }),
    paragraphs: [
      m.hub_digest_text({ count: lines[0]?.all ?? 0, community }),
      ...(popular.length === 0 ? [] : [[m.hub_digest_popular(), ...popular.map((title) => `– ${title}`)].join("\n")]),
    ],
    rows: lines.map((line) => ({ label: noticeText(line), value: line.title })),
    button: { label: m.hub_digest_open(), url: `${home}/notifications?view=unread` },
    footnote: m.hub_digest_why({ community, url: stop }),
    unsubscribe: stop,
  }));
}
