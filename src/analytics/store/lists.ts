import { z } from "zod";
import { dayToDate, localDay, dateToDay } from "#src/base/clock.ts";
import { pageOf, readCursor, type Page } from "#src/base/paging.ts";
import type { AuditQuery, MemberBehind, MembersBehind, MessageBehind, MessagesBehind } from "../model.ts";
import { peopleBehind, type PersonBehind } from "../metrics/people-behind.ts";
import { readMembers } from "./content.ts";
import { readGround } from "./ground.ts";
import { listMessages } from "./messages-behind.ts";
import { periodsOf, type Place } from "./opened.ts";
import { audience } from "./reports.ts";

/** Which page of a list is wanted. */
export interface PageWanted {
  readonly limit: number;
  readonly after: string | undefined;
}

/**
 * Who regulars and newcomers are can only be told from the sheets: newcomers write most in their first days, and whoever
 * wrote before is none. Of a saved segment those are wanted who wrote in the period.
 */
async function memberIdsOf(place: Place, query: AuditQuery): Promise<string[] | undefined> {
  const { segment, savedSegment } = query;
  const isPlain = segment === "team" || (segment === "everyone" && savedSegment === undefined);
  if (isPlain) return undefined;
  const { people, arrived } = await audience(place, query);
  const numbers = segment === "newcomers" ? arrived : people.member;
  const members = await place.run((tx) => readMembers(tx, place.community, [...numbers]));
  return [...members.values()].map(({ id }) => id);
}

const messageKey = z.tuple([z.int(), z.uuid()]);

/** A page of the messages behind a number. */
export async function messagesBehind(
  place: Place,
  query: AuditQuery,
  { behind, limit, after }: PageWanted & { behind: MessagesBehind },
): Promise<Page<MessageBehind>> {
  const { community, run, timeZone } = place;
  const cursor = readCursor(after, messageKey);
  const ground = await run((tx) => readGround(tx, community, query));
  const { period } = periodsOf(query, ground.history, localDay(place.now, timeZone));
  const only = behind.kind === "day" ? dateToDay(behind.day) : undefined;
  const memberIds = await memberIdsOf(place, query);
  const wanted = {
    ...(only === undefined ? period : { from: only, to: only }),
    behind,
    timeZone,
    spaceIds: query.spaces,
    segment: query.segment,
    ...(memberIds === undefined ? {} : { memberIds }),
    limit: limit + 1,
    ...(cursor === undefined ? {} : { after: { count: cursor[0], id: cursor[1] } }),
  };
  const rows = await run((tx) => listMessages(tx, community, wanted));
  return pageOf(rows, limit, ({ id, count }) => [count ?? 0, id]);
}

const personKey = z.tuple([z.int(), z.int()]);

async function named(place: Place, people: readonly PersonBehind[]): Promise<MemberBehind[]> {
  const members = await place.run((tx) =>
    readMembers(
      tx,
      place.community,
      people.map(({ member }) => member),
    ),
  );
  return people.flatMap(({ member, messages, activeDays, lastDay }) => {
    const ref = members.get(member);
    return ref === undefined ? [] : [{ ...ref, messages, activeDays, lastDay: dayToDate(lastDay) }];
  });
}

/** A page of the members behind a number, with how many there are in all. */
export async function membersBehind(
  place: Place,
  query: AuditQuery,
  { behind, limit, after }: PageWanted & { behind: MembersBehind },
): Promise<Page<MemberBehind> & { total: number }> {
  const cursor = readCursor(after, personKey);
  const all = peopleBehind(await audience(place, query), behind);
  const rest =
    cursor === undefined
      ? all
      : all.filter(({ messages, member }) => messages < cursor[0] || (messages === cursor[0] && member > cursor[1]));
  const { items, next } = pageOf(rest.slice(0, limit + 1), limit, ({ messages, member }) => [messages, member]);
  return { items: await named(place, items), next, total: all.length };
}

/** So many people are named by one question to the database. */
const NAMED_AT_ONCE = 5000;

/** Every member of the audit, those who wrote most first, in parts. */
export async function* everyMember(place: Place, query: AuditQuery): AsyncGenerator<MemberBehind[]> {
  const all = peopleBehind(await audience(place, query), "active");
  for (let from = 0; from < all.length; from += NAMED_AT_ONCE)
    yield named(place, all.slice(from, from + NAMED_AT_ONCE));
}
