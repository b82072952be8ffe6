import { sql } from "kysely";
import type { CommunityFacts } from "#src/accounts/call.ts";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { JobTools } from "#src/base/jobs.ts";
import { logger } from "#src/base/logger.ts";
import { postLetter } from "#src/base/mail/post.ts";
import { hubHome } from "../people/letters.ts";
import { hubBySlug } from "../store/hubs.ts";
import { digestLetter, type DueReader, dueReaders, moveReaderOn, popularForAll } from "./digest.ts";
import { enrolReaders, nextDigest } from "./settings.ts";
import { stopToken } from "./stop.ts";

/** Readers whose letters are written in one go. */
const AT_ONCE = 100;
/** A letter that could not go for so long, such as without a mail server, waits for its next regular hour. */
const LATE_MS = 12 * 3_600_000;
/** Nobody needs yesterday's news twice: a letter that is stuck longer is not sent. In hours. */
const NEEDED_HOURS = 20;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

class AlreadySent extends Error {}

interface Sending {
  readonly tools: JobTools;
  readonly community: CommunityId;
  readonly facts: CommunityFacts;
  readonly hub: { readonly domain: string | null };
  readonly popular: readonly string[];
}

/** Writes somebody's letter, when there is news for them, and moves them on in the same transaction: it goes out once. */
async function sendOne({ tools, community, facts, hub, popular }: Sending, reader: DueReader): Promise<void> {
  const { databases, secrets, publicUrl, now } = tools;
  const { email, accountId, hasNews } = reader;
  const at = now();
  const nextAt = nextDigest(reader, at);
  const isLate = at - reader.nextAt.getTime() > LATE_MS;
  await databases.asOwner(async (tx) => {
    if (email === null || !hasNews || isLate) return void (await moveReaderOn(tx, community, { reader, nextAt }));
    const place = { publicUrl, facts, hub };
    const stop = `${hubHome(place)}/unsubscribe/${stopToken(secrets, { community, accountId })}`;
    const letter = digestLetter({ ...reader, email }, { place, popular, stop });
    const letterId = await postLetter(tools, tx, { letter, kind: "hub.digest", hours: NEEDED_HOURS });
    const isFirst = await moveReaderOn(tx, community, { reader, nextAt, sent: { at, letterId } });
    // Another process was faster: its letter stands, and ours is undone with everything else of this transaction.
    if (!isFirst) throw new AlreadySent();
  });
}

async function sendIn(tools: JobTools, slug: string): Promise<void> {
  const { databases, now, signal } = tools;
  const found = await hubBySlug(databases.owner, slug);
  if (found?.hub.isOpen !== true || found.facts.isSample === true) return;
  const { facts, hub } = found;
  const community = provenCommunity(facts.id);
  await databases.asOwner((tx) => enrolReaders(tx, community, { facts, now: now() }));
  let readers = await dueReaders(databases.owner, community, { now: now(), after: BEFORE_ALL, limit: AT_ONCE });
  if (readers.length === 0) return;
  const popular = await popularForAll(databases.owner, community, now());
  while (readers.length > 0 && !signal.aborted) {
    for (const reader of readers) {
      await sendOne({ tools, community, facts, hub, popular }, reader).catch((error: unknown) => {
        if (error instanceof AlreadySent) return;
        // One reader's trouble holds nobody else up; they stay due and are tried again with the next round.
        logger.error({ account: reader.accountId, err: error }, "a digest could not be written");
      });
    }
    const after = readers.at(-1)?.accountId ?? BEFORE_ALL;
    readers = await dueReaders(databases.owner, community, { now: now(), after, limit: AT_ONCE });
  }
}

async function openHubs(db: Db): Promise<string[]> {
  const found = await sql<{ slug: string }>`
    select c.slug from communities c join hubs h on h.community_id = c.id and h.is_open where c.deleted_at is null
    order by c.id`.execute(db);
  return found.rows.map(({ slug }) => slug);
}

/** Sends every member whose hour has come a letter with what they have not read; without a mail server nothing happens. */
export async function sendDigests(tools: JobTools): Promise<void> {
  if (!tools.mailer.works) return;
  for (const slug of await openHubs(tools.databases.owner)) if (!tools.signal.aborted) await sendIn(tools, slug);
}

/** Communities whose letters were due while the install was a backup; another one may have sent them. */
export async function overdueDigests(db: Db, now: number): Promise<{ id: string; content: { community: string } }[]> {
  const found = await sql<{ id: string }>`
    select distinct community_id as id from hub_notice_settings where next_at <= ${new Date(now)}`.execute(db);
  return found.rows.map(({ id }) => ({ id, content: { community: id } }));
}

/** Passes over a community's letters that are due; the next ones come at their hours. */
export async function skipDigests(tx: Tx, id: string, now: number): Promise<void> {
  const community = provenCommunity(id);
  const rhythms = await sql<Pick<DueReader, "digest" | "hour" | "timeZone">>`
    select distinct digest, hour, time_zone as "timeZone" from hub_notice_settings
    where community_id = ${community} and next_at <= ${new Date(now)}`.execute(tx);
  for (const { digest, hour, timeZone } of rhythms.rows) {
    const nextAt = nextDigest({ digest, hour, timeZone }, now);
    await sql`
      update hub_notice_settings set next_at = ${nextAt === undefined ? null : new Date(nextAt)}
      where community_id = ${community} and next_at <= ${new Date(now)} and digest = ${digest} and hour = ${hour}
        and time_zone = ${timeZone}`.execute(tx);
  }
}
