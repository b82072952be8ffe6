import type pg from "pg";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { messageId } from "#src/base/ids.ts";
import type { Secrets } from "#src/base/secrets.ts";
import type { NewFact } from "#src/events.ts";
import { erasedPeople } from "../erasure.ts";
import type { IncomingAuthor, IncomingSpace } from "../model.ts";
import { storableAuthor, storableSpace } from "../storable.ts";
import { noteReceipts } from "../store/connections.ts";
import { type AuthorPlace, ensureMembers } from "../store/identities.ts";
import { ensureSpaces, findSpaces } from "../store/spaces.ts";
import { takeEdited } from "./changed.ts";
import { takeDeleted, takeRestored } from "./gone.ts";
import { takeMoved, takeRenamed } from "./moved.ts";
import { takePosted } from "./posted.ts";
import { takeCounted, takeReacted } from "./reacted.ts";
import { type Step, type Taking, unchanged } from "./taking.ts";
import type { Deleted, LiveOutcome, LiveUpdate, Posted, Restored } from "./updates.ts";

/** Where updates come from, and the transaction in which they are taken. */
export interface TakingPlace {
  readonly tx: Tx;
  readonly connection: pg.ClientBase;
  readonly community: CommunityId;
  readonly platform: string;
  readonly connectionId: string;
  readonly secrets?: Secrets | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** What became of updates, in their order, and the facts that are to be told of them. */
export interface Taken {
  readonly outcomes: readonly LiveOutcome[];
  readonly facts: readonly NewFact[];
}

function spacesOf(update: LiveUpdate): readonly IncomingSpace[] {
  return "spaces" in update ? update.spaces : [];
}

function spaceNamed(update: LiveUpdate): string[] {
  if ("message" in update) return [update.message.spaceExternalId];
  if ("move" in update) return [update.move.spaceExternalId];
  return "target" in update ? [update.target.spaceExternalId] : [];
}

function authorsOf(update: LiveUpdate): IncomingAuthor[] {
  if ("message" in update) return [update.message.author];
  const named = "move" in update ? update.move.member : "by" in update ? update.by : undefined;
  if (named !== undefined) return [named];
  return "member" in update ? [update.member] : [];
}

/** Ids of the spaces that updates name: those they bring are made, those they only refer to must be known. */
async function learnSpaces(place: TakingPlace, updates: readonly LiveUpdate[]): Promise<Map<string, string>> {
  const { tx } = place;
  const named = [...new Set(updates.flatMap(spaceNamed))];
  const ids = await findSpaces(tx, place, named);
  const strange = new Map<string, IncomingSpace>();
  for (const space of updates.flatMap(spacesOf)) if (!ids.has(space.externalId)) strange.set(space.externalId, space);
  if (strange.size === 0) return ids;
  const made = await ensureSpaces(tx, place, [...strange.values()].map(storableSpace));
  return new Map([...ids, ...made]);
}

async function learnPeople(place: AuthorPlace, tx: Tx, updates: readonly LiveUpdate[]): Promise<Map<string, string>> {
  const authors = new Map(updates.flatMap(authorsOf).map((author) => [author.externalId, storableAuthor(author)]));
  const { memberIds } = await ensureMembers(tx, place, [...authors.values()]);
  return new Map(memberIds);
}

/** The message that an update will have written, by which a second delivery is answered. */
function writes(update: LiveUpdate, spaces: ReadonlyMap<string, string>): string | undefined {
  if (update.kind !== "posted") return undefined;
  const spaceId = spaces.get(update.message.spaceExternalId);
  return spaceId && messageId(update.message.sentAt, spaceId, update.message.externalId);
}

/** Updates of one kind that follow one another, so that posts are stored, taken away and brought back together. */
function runsOf(updates: readonly LiveUpdate[]): LiveUpdate[][] {
  const runs: LiveUpdate[][] = [];
  for (const update of updates) {
    const last = runs.at(-1);
    if (last?.[0]?.kind === update.kind) last.push(update);
    else runs.push([update]);
  }
  return runs;
}

function takeOne(taking: Taking, update: Exclude<LiveUpdate, Posted | Deleted | Restored>): Promise<Step> {
  switch (update.kind) {
    case "edited":
      return takeEdited(taking, update);
    case "reaction-added":
    case "reaction-removed":
      return takeReacted(taking, update);
    case "reactions-counted":
      return takeCounted(taking, update);
    case "moved":
      return takeMoved(taking, update);
    case "renamed":
      return takeRenamed(taking, update);
  }
}

async function takeRun(taking: Taking, run: readonly LiveUpdate[]): Promise<Step[]> {
  const posted = run.filter((update) => update.kind === "posted");
  if (posted.length > 0) return takePosted(taking, posted);
  const deleted = run.filter((update) => update.kind === "deleted");
  if (deleted.length > 0) return takeDeleted(taking, deleted);
  const restored = run.filter((update) => update.kind === "restored");
  if (restored.length > 0) return takeRestored(taking, restored);
  const steps: Step[] = [];
  for (const update of run)
    if (update.kind !== "posted" && update.kind !== "deleted" && update.kind !== "restored")
      steps.push(await takeOne(taking, update));
  return steps;
}

/** Takes updates in their order; those whose receipts are known are left out. The caller appends the facts, last of all. */
export async function takeAll(place: TakingPlace, updates: readonly LiveUpdate[]): Promise<Taken> {
  if (updates.length === 0) return { outcomes: [], facts: [] };
  const erased = await erasedPeople(place.tx, { ...place, secrets: place.secrets });
  const spaces = await learnSpaces(place, updates);
  const told = updates.map((update) => update.receipt);
  const first = updates.filter(({ receipt }, i) => told.indexOf(receipt) === i);
  const known = await noteReceipts(place.tx, place, {
    receipts: first.map((update) => ({ externalId: update.receipt, messageId: writes(update, spaces) })),
  });
  const fresh = first.filter((update) => !known.has(update.receipt));
  const people = await learnPeople({ ...place, erased }, place.tx, fresh);
  const taking: Taking = { ...place, importId: undefined, erased, spaces, people };
  const steps: Step[] = [];
  for (const run of runsOf(fresh)) steps.push(...(await takeRun(taking, run)));
  const byReceipt = new Map(steps.map((step) => [step.outcome.receipt, step]));
  const all = updates.map((update, i): Step => {
    const step = byReceipt.get(update.receipt);
    const messageId = step?.outcome.messageId ?? known.get(update.receipt);
    if (step !== undefined && told.indexOf(update.receipt) === i) return step;
    return unchanged(update, "repeated", messageId === undefined ? {} : { messageId });
  });
  return { outcomes: all.map(({ outcome }) => outcome), facts: all.flatMap(({ facts }) => facts) };
}
