import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { wholePerson } from "#src/members/queries.ts";
import { tracePattern } from "#src/platforms/trace-pattern.ts";
import {
  archivedMembers,
  archivedMentions,
  archivedMessages,
  archivedRecords,
  ownRecords,
  type ArchivedMember,
  type ArchivedMention,
  type ArchivedMessage,
  type ArchivedRecords,
  type Stretch,
} from "../store/archive.ts";
import { archivedFile, archivedFileIds, type ArchivedFile } from "../store/archive-files.ts";

/** A piece of what is kept about a person, in the order in which it is told. */
export type ArchivePart =
  | { readonly kind: "members"; readonly members: readonly ArchivedMember[] }
  | { readonly kind: "messages"; readonly messages: readonly ArchivedMessage[] }
  | { readonly kind: "files"; readonly files: readonly ArchivedFile[] }
  | { readonly kind: "mentions"; readonly mentions: readonly ArchivedMention[] }
  | { readonly kind: "records"; readonly records: readonly ArchivedRecords[] };

/** Opens one transaction in the community. */
export type Run = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Messages looked through at once: at most some 25 MB when all are the person's, and well below a statement's 30 s. */
const LOOKED_THROUGH = 25_000;

const BEGINNING = "00000000-0000-0000-0000-000000000000";

function tracesOf(members: readonly ArchivedMember[]) {
  const accounts = members.flatMap((member) => member.accounts);
  return {
    names: [...members.map(({ name }) => name), ...accounts.map(({ name }) => name)].filter((name) => name !== ""),
    usernames: accounts.flatMap(({ username }) => username ?? []),
    externalIds: accounts.map(({ externalId }) => externalId),
  };
}

/** All stretches of the community's messages, one after another. */
async function* stretches<Row>(read: (after: string) => Promise<Stretch<Row>>): AsyncGenerator<readonly Row[]> {
  for (let after: string | undefined = BEGINNING; after !== undefined;) {
    const stretch: Stretch<Row> = await read(after);
    if (stretch.rows.length > 0) yield stretch.rows;
    after = stretch.last;
  }
}

/** What people brought to the hub, one file at a time in memory. */
async function* readFiles(run: Run, community: CommunityId, memberIds: readonly string[]): AsyncGenerator<ArchivePart> {
  for (const id of await run((tx) => archivedFileIds(tx, community, memberIds))) {
    const file = await run((tx) => archivedFile(tx, community, id));
    if (file !== undefined) yield { kind: "files", files: [file] };
  }
}

/**
 * What a member has given to the hub themselves, piece by piece: their account, what they wrote, what they marked. Of this
 * one member alone: whom the team takes for the same person may be somebody else, and what others said of them, or the
 * team wrote about them, is told by people who can look at it first.
 */
export async function* readOwn(run: Run, community: CommunityId, memberId: string): AsyncGenerator<ArchivePart> {
  const memberIds = [memberId];
  yield { kind: "members", members: await run((tx) => archivedMembers(tx, community, memberIds)) };
  const own = (after: string) =>
    run((tx) => archivedMessages(tx, community, { memberIds, limit: LOOKED_THROUGH, after }));
  for await (const messages of stretches(own)) yield { kind: "messages", messages };
  yield* readFiles(run, community, memberIds);
  yield { kind: "records", records: await run((tx) => ownRecords(tx, community, memberId)) };
}

/**
 * Everything that is kept about a person, piece by piece, so that its size costs no memory: names and accounts, what they
 * wrote, what others said of them by name, and whatever other tables hold under their id. Refuses whom nobody knows.
 */
export async function* readPerson(run: Run, community: CommunityId, memberId: string): AsyncGenerator<ArchivePart> {
  const person = await run((tx) => wholePerson(tx, community, memberId));
  if (person === undefined) return refuse("not-found", "rights.no-such-member");
  const { memberIds } = person;
  const members = await run((tx) => archivedMembers(tx, community, memberIds));
  yield { kind: "members", members };
  const ask = { memberIds, limit: LOOKED_THROUGH };
  const own = (after: string) => run((tx) => archivedMessages(tx, community, { ...ask, after }));
  for await (const messages of stretches(own)) yield { kind: "messages", messages };
  yield* readFiles(run, community, memberIds);
  const pattern = tracePattern(tracesOf(members));
  const named = async (after: string): Promise<Stretch<ArchivedMention>> =>
    pattern === undefined
      ? { last: undefined, rows: [] }
      : run((tx) => archivedMentions(tx, community, { ...ask, pattern, after }));
  for await (const mentions of stretches(named)) yield { kind: "mentions", mentions };
  yield { kind: "records", records: await run((tx) => archivedRecords(tx, community, memberIds)) };
}
