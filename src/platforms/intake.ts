import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { messageId } from "#src/base/ids.ts";
import type { Secrets } from "#src/base/secrets.ts";
import { erasedPeople } from "./erasure.ts";
import type { IncomingAuthor, IncomingBatch, IncomingMessage, IncomingSpace, StoredBatch } from "./model.ts";
import { BySpace, Recent } from "./recent.ts";
import { storable, storableAuthor, storableSpace } from "./storable.ts";
import { goneFromSpaces } from "./store/deleted.ts";
import { type AuthorPlace, ensureMembers, type KnownAuthors } from "./store/identities.ts";
import { findByExternalId, isRepeat, merge, writeNew, type ResolvedMessage, type Writing } from "./store/messages.ts";
import { ensureMonths, monthOf } from "./store/months.ts";
import { writeMoves } from "./store/moves.ts";
import { reactorsOf } from "./store/reactors.ts";
import { ensureSpaces, spacesWithMessages, type SpacePlace } from "./store/spaces.ts";

/** How many people and recent messages an intake keeps in mind, about 150 bytes each; beyond that it asks the database. */
const REMEMBERED = 50_000;

/** Where batches come from and whose they are. */
export interface IntakeOptions {
  readonly databases: Databases;
  readonly community: CommunityId;
  /** `telegram`, `discord` ...; `file` for history of an unnamed platform. */
  readonly platform: string;
  readonly importId?: string;
  /** Opens the key by which erased people are known again; without it a community that has such is refused. */
  readonly secrets?: Secrets | undefined;
  /** The clock, in milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/**
 * The one door by which messages enter. A batch is stored in one transaction together with whatever `alongside`
 * writes (a resume point, a platform's offset): both or neither. The same message arriving twice changes nothing.
 * Batches of one intake are stored one after another; several intakes may run at once.
 */
export interface Intake {
  store(batch: IncomingBatch, alongside?: (tx: Tx, result: StoredBatch) => Promise<void>): Promise<StoredBatch>;
}

/** An account belongs to a platform, not to a space. */
const NO_SPACE = "";

interface Answerable {
  readonly id: string;
  readonly memberId: string;
}

interface Memory {
  readonly spaces: Map<string, string>;
  readonly members: Recent<string>;
  readonly messages: Recent<Answerable>;
  readonly months: Set<number>;
  /** Spaces that may hold messages which a batch brings again. */
  readonly seenBefore: Set<string>;
}

function emptyMemory(): Memory {
  return {
    spaces: new Map(),
    members: new Recent(REMEMBERED),
    messages: new Recent(REMEMBERED),
    months: new Set(),
    seenBefore: new Set(),
  };
}

/** Opens an intake; it remembers people, spaces and recent messages from batch to batch. */
export function openIntake(options: IntakeOptions): Intake {
  let memory = emptyMemory();
  return {
    store: async (batch, alongside) => {
      await makeMonths(options, memory, batch.messages);
      const attempt = async (): Promise<StoredBatch> => {
        try {
          return await storeIn(options, memory, { batch, alongside });
        } catch (error) {
          // What was remembered of a transaction that is undone is not true.
          memory = emptyMemory();
          throw error;
        }
      };
      // Looked at anew after a repeat, the space has messages, and so the batch is merged.
      return attempt().catch((error: unknown) => (isRepeat(error) ? attempt() : Promise.reject(error)));
    },
  };
}

async function makeMonths(
  { databases }: IntakeOptions,
  memory: Memory,
  messages: readonly IncomingMessage[],
): Promise<void> {
  const months = new Set(messages.map((message) => monthOf(message.sentAt)));
  const missing = [...months].filter((month) => !memory.months.has(month));
  if (missing.length === 0) return;
  await ensureMonths(databases.owner, missing);
  for (const month of missing) memory.months.add(month);
}

interface Asked {
  readonly batch: IncomingBatch;
  readonly alongside: ((tx: Tx, result: StoredBatch) => Promise<void>) | undefined;
}

async function storeIn(options: IntakeOptions, memory: Memory, { batch, alongside }: Asked): Promise<StoredBatch> {
  return options.databases.copying(async (tx, connection) => {
    const writing: Writing = { tx, connection, community: options.community, importId: options.importId };
    const { community, platform, secrets } = options;
    const erased = await erasedPeople(tx, { community, platform, secrets });
    const place = { community, platform, erased, now: options.now() };
    await learnSpaces(tx, place, { memory, spaces: batch.spaces });
    const people = await learnMembers(tx, place, { memory, batch });
    const { messages, moves: told } = erased?.cleaned(batch, people.memberIds) ?? batch;
    const resolved = await resolve(writing, memory, { messages, memberIds: people.memberIds });
    const outcome = await write(writing, memory, resolved);
    const moves = await writeMoves(
      writing,
      told.map((move) => ({
        spaceId: spaceOf(memory, move.spaceExternalId),
        memberId: move.member && people.memberIds.get(move.member.externalId),
        move: { ...move, name: storable(move.name) },
      })),
    );
    const repeated = batch.messages.length - outcome.stored - outcome.updated;
    const result = { ...outcome, repeated, moves, newMembers: people.made };
    await alongside?.(tx, result);
    return result;
  });
}

function spaceOf(memory: Memory, externalId: string): string {
  const id = memory.spaces.get(externalId);
  if (id === undefined) throw new Error("a batch names a space that it does not bring");
  return id;
}

interface SpacesToLearn {
  readonly memory: Memory;
  readonly spaces: readonly IncomingSpace[];
}

async function learnSpaces(tx: Tx, place: SpacePlace, { memory, spaces }: SpacesToLearn): Promise<void> {
  const strange = spaces.filter((space) => !memory.spaces.has(space.externalId)).map(storableSpace);
  if (strange.length === 0) return;
  const ids = await ensureSpaces(tx, place, strange);
  for (const [externalId, id] of ids) memory.spaces.set(externalId, id);
  for (const id of await spacesWithMessages(tx, place.community, [...ids.values()])) memory.seenBefore.add(id);
}

interface MembersToLearn {
  readonly memory: Memory;
  readonly batch: IncomingBatch;
}

async function learnMembers(tx: Tx, place: AuthorPlace, { memory, batch }: MembersToLearn): Promise<KnownAuthors> {
  const memberIds = new Map<string, string>();
  const strange = new Map<string, IncomingAuthor>();
  const look = (author: IncomingAuthor | undefined): void => {
    if (author === undefined || memberIds.has(author.externalId)) return;
    const known = memory.members.get(NO_SPACE, author.externalId);
    if (known === undefined) strange.set(author.externalId, author);
    else memberIds.set(author.externalId, known);
  };
  for (const message of batch.messages) {
    look(message.author);
    for (const { by } of message.reactions) by?.forEach(({ member }) => look(member));
  }
  for (const move of batch.moves) look(move.member);
  const learned = await ensureMembers(tx, place, [...strange.values()].map(storableAuthor));
  for (const [externalId, id] of learned.memberIds) {
    memory.members.set(NO_SPACE, externalId, id);
    memberIds.set(externalId, id);
  }
  return { memberIds, made: learned.made };
}

interface ToResolve {
  readonly messages: readonly IncomingMessage[];
  readonly memberIds: ReadonlyMap<string, string>;
}

/** Beyond this many messages of one batch, what its first are answered by would be forgotten before it is looked for. */
const SURELY_REMEMBERED = REMEMBERED / 2;

type Draft = { -readonly [Field in keyof ResolvedMessage]: ResolvedMessage[Field] };

/** Gives each message its ids; of a message that a batch holds twice, the later edition stays. */
async function resolve(
  writing: Writing,
  memory: Memory,
  { messages, memberIds }: ToResolve,
): Promise<ResolvedMessage[]> {
  const resolved = new Map<string, Draft>();
  const own = messages.length > SURELY_REMEMBERED ? new BySpace<Answerable>() : undefined;
  for (const message of messages) {
    const spaceId = spaceOf(memory, message.spaceExternalId);
    const memberId = memberIds.get(message.author.externalId);
    if (memberId === undefined) throw new Error("an author of the batch has no person");
    const id = messageId(message.sentAt, spaceId, message.externalId);
    resolved.set(id, { id, spaceId, memberId, message, replyTo: undefined, reactors: reactorsOf(message, memberIds) });
    const answerable = { id, memberId };
    memory.messages.set(spaceId, message.externalId, answerable);
    own?.set(spaceId, message.externalId, answerable);
  }
  const known = (spaceId: string, parent: string): Answerable | undefined =>
    own?.get(spaceId, parent) ?? memory.messages.get(spaceId, parent);
  await findAnswered(writing, [...resolved.values()], known);
  return [...resolved.values()];
}

type Known = (spaceId: string, externalId: string) => Answerable | undefined;

/** Tells each message what it answers: what is known, and of the rest what is stored. */
async function findAnswered({ tx, community }: Writing, drafts: readonly Draft[], known: Known): Promise<void> {
  const unknown = new Map<string, Map<string, Draft[]>>();
  for (const draft of drafts) {
    const parent = draft.message.replyToExternalId;
    if (parent === undefined) continue;
    draft.replyTo = known(draft.spaceId, parent);
    if (draft.replyTo !== undefined) continue;
    const inSpace = unknown.get(draft.spaceId) ?? new Map<string, Draft[]>();
    unknown.set(draft.spaceId, inSpace.set(parent, [...(inSpace.get(parent) ?? []), draft]));
  }
  for (const [spaceId, answers] of unknown) {
    for (const parent of await findByExternalId(tx, community, { spaceId, externalIds: [...answers.keys()] }))
      for (const draft of answers.get(parent.externalId) ?? []) draft.replyTo = parent;
  }
}

/** New history goes straight in; what may repeat is merged, and what was deleted stays so. */
async function write(
  writing: Writing,
  memory: Memory,
  resolved: readonly ResolvedMessage[],
): Promise<{ stored: number; updated: number }> {
  if (resolved.length === 0) return { stored: 0, updated: 0 };
  const gone = await goneFromSpaces(writing.tx, writing.community, resolved);
  if (gone.size > 0)
    return write(
      writing,
      memory,
      resolved.filter(({ id }) => !gone.has(id)),
    );
  if (resolved.some((each) => memory.seenBefore.has(each.spaceId))) return merge(writing, resolved);
  await writeNew(writing, resolved);
  return { stored: resolved.length, updated: 0 };
}
