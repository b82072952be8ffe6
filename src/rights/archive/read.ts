import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { wholePerson } from "#src/members/queries.ts";
import { type TracePattern, tracePattern } from "#src/platforms/trace-pattern.ts";
import {
  archivedMembers,
  archivedMentions,
  archivedMessages,
  archivedRecords,
  type ArchivedMember,
  type ArchivedMention,
  type ArchivedMessage,
  type ArchivedRecords,
} from "../store/archive.ts";

/** A piece of what is kept about a person, in the order in which it is told. */
export type ArchivePart =
  | { readonly kind: "members"; readonly members: readonly ArchivedMember[] }
  | { readonly kind: "messages"; readonly messages: readonly ArchivedMessage[] }
  | { readonly kind: "mentions"; readonly mentions: readonly ArchivedMention[] }
  | { readonly kind: "records"; readonly records: readonly ArchivedRecords[] };

/** Opens one transaction in the community. */
export type Run = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Messages read at once, some 5 MB; and messages of others looked through at once, well below a statement's 30 s. */
const PAGE = 5_000;
const LOOKED_THROUGH = 50_000;

const BEGINNING = "00000000-0000-0000-0000-000000000000";

function tracesOf(members: readonly ArchivedMember[]) {
  const accounts = members.flatMap((member) => member.accounts);
  return {
    names: [...members.map(({ name }) => name), ...accounts.map(({ name }) => name)].filter((name) => name !== ""),
    usernames: accounts.flatMap(({ username }) => username ?? []),
    externalIds: accounts.map(({ externalId }) => externalId),
  };
}

async function* messagesOf(
  run: Run,
  community: CommunityId,
  memberIds: readonly string[],
): AsyncGenerator<ArchivePart> {
  for (let after: string | undefined = BEGINNING; after !== undefined;) {
    const from: string = after;
    const messages = await run((tx) => archivedMessages(tx, community, { memberIds, after: from, limit: PAGE }));
    yield { kind: "messages", messages };
    after = messages.length < PAGE ? undefined : messages.at(-1)?.id;
  }
}

async function* mentionsOf(
  run: Run,
  community: CommunityId,
  search: { memberIds: readonly string[]; pattern: TracePattern },
): AsyncGenerator<ArchivePart> {
  for (let after: string | undefined = BEGINNING; after !== undefined;) {
    const from: string = after;
    const page = { ...search, after: from, limit: LOOKED_THROUGH };
    const { last, mentions } = await run((tx) => archivedMentions(tx, community, page));
    if (mentions.length > 0) yield { kind: "mentions", mentions };
    after = last;
  }
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
  yield* messagesOf(run, community, memberIds);
  const pattern = tracePattern(tracesOf(members));
  if (pattern !== undefined) yield* mentionsOf(run, community, { memberIds, pattern });
  yield { kind: "records", records: await run((tx) => archivedRecords(tx, community, memberIds)) };
}
