import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import {
  type ActionKind,
  actionNeeds,
  actionSchema,
  type Adapter,
  type AdapterPlace,
  type PlatformAction,
} from "../adapter.ts";
import { openLiveIntake } from "../live/intake.ts";
import type { Attempt } from "../outbox/model.ts";
import { senderBy } from "../outbox/perform.ts";
import { type CapabilityName, capabilityNames } from "../platform.ts";

/** A platform as an adapter meets it in its trials. */
export interface Ground {
  readonly place: AdapterPlace;
  /** Something to do of this kind, about a space, message and person that are there; another one each time. */
  sample(kind: ActionKind): Promise<PlatformAction>;
  /** All that one sees on the platform, as one text: what changes nothing leaves it as it is. */
  readonly look: () => Promise<string>;
  /** What goes wrong, by what it has to be taken for. The platform is well again after one attempt. */
  readonly troubles: Readonly<Record<string, Trouble>>;
  /** For what comes in by its own door: something of everything happens. */
  happen?(): Promise<void>;
  /** For what is translated: deliveries of something of everything, and such as nobody can read. */
  readonly deliveries?: { readonly good: readonly string[]; readonly poison: readonly string[] };
}

interface Trouble {
  readonly outcome: Exclude<Attempt["outcome"], "sent">;
  readonly cause: () => Promise<PlatformAction>;
}

/** What is told of what a platform lets others see. */
const toldAs: Partial<Record<CapabilityName, readonly string[]>> = {
  "read-messages": ["message.posted"],
  "read-deletions": ["message.deleted"],
  "read-reactions": ["reaction.added", "reactions.counted"],
  "read-moves": ["member.joined", "member.left"],
};

async function told({ databases, community }: AdapterPlace): Promise<Set<string>> {
  const found = await sql<{ kind: string }>`
    select distinct kind from facts where community_id = ${community}`.execute(databases.owner);
  return new Set(found.rows.map((row) => row.kind));
}

async function happenAll({ platform, reading }: Adapter, ground: Ground): Promise<void> {
  if (reading.kind === "own-door") return ground.happen?.();
  const { place, deliveries } = ground;
  const intake = openLiveIntake({ ...place, platform: platform.name });
  for (const raw of deliveries?.good ?? []) await intake.take(reading.translate(raw));
}

function allows({ platform }: Adapter, name: CapabilityName): boolean {
  return ["yes", "partly"].includes(platform.capabilities[name].support);
}

/** An adapter in its trials; the ground is opened by the first that needs it. */
interface Trial {
  readonly adapter: Adapter;
  readonly standing: () => Promise<Ground>;
}

function kindsOf({ actions }: Adapter): ActionKind[] {
  // The keys of an object of methods by kind are kinds.
  return Object.keys(actions) as ActionKind[];
}

function tryClaims({ adapter }: Trial): void {
  test("does what its platform is said to allow, and claims nothing else", () => {
    const allowed = Object.entries(actionNeeds).flatMap(([kind, needs]) => (allows(adapter, needs) ? [kind] : []));
    expect(kindsOf(adapter).toSorted()).toEqual(allowed.toSorted());
    const readsHistory = adapter.backfill !== undefined || adapter.reading.kind === "own-door";
    expect(readsHistory).toBe(allows(adapter, "backfill"));
  });
}

function tryReading({ adapter, standing }: Trial): void {
  const { reading } = adapter;
  test("tells what happens on the platform, each sort of thing that its platform lets others see", async () => {
    const ground = await standing();
    await happenAll(adapter, ground);
    const kindsTold = await told(ground.place);
    const seen = Object.entries(toldAs).map(([name, kinds]) => [name, kinds.some((kind) => kindsTold.has(kind))]);
    const allowed = capabilityNames.map((name) => [name, allows(adapter, name)]);
    expect(allowed).toEqual(expect.arrayContaining(seen));
  });

  test.skipIf(reading.kind === "own-door")("reads a second delivery like the first, and throws at poison", async () => {
    const translate = reading.kind === "translated" ? reading.translate : () => [];
    const { deliveries = { good: [], poison: [] } } = await standing();
    expect(deliveries.poison.length).toBeGreaterThan(0);
    for (const raw of deliveries.good) expect(translate(raw)).toEqual(translate(raw));
    for (const raw of deliveries.poison) expect(() => translate(raw)).toThrow(Error);
  });
}

function tryDoing({ adapter, standing }: Trial): void {
  test("does each thing where one can see it", async () => {
    const ground = await standing();
    const sender = senderBy(adapter, ground.place);
    for (const kind of kindsOf(adapter)) {
      const action = actionSchema.parse(await ground.sample(kind));
      const before = await ground.look();
      expect([kind, await sender.send({ action, key: `do ${kind}` })]).toMatchObject([kind, { outcome: "sent" }]);
      expect([kind, (await ground.look()) === before]).toEqual([kind, false]);
    }
  });

  test.skipIf(!adapter.isIdempotent)("does the same thing once, however often it is asked with one key", async () => {
    const ground = await standing();
    const sender = senderBy(adapter, ground.place);
    for (const kind of kindsOf(adapter)) {
      const row = { action: actionSchema.parse(await ground.sample(kind)), key: `once ${kind}` };
      await sender.send(row);
      const after = await ground.look();
      expect([kind, await sender.send(row)]).toMatchObject([kind, { outcome: "sent" }]);
      expect([kind, await ground.look()]).toEqual([kind, after]);
    }
  });
}

function tryTrouble({ adapter, standing }: Trial): void {
  test("takes trouble for what it is: come again, try again, never, or nobody knows", async () => {
    const { place, troubles } = await standing();
    const sender = senderBy(adapter, place);
    expect(Object.values(troubles).map(({ outcome }) => outcome)).toContain("refused");
    for (const [name, { outcome, cause }] of Object.entries(troubles)) {
      const attempt = await sender.send({ action: await cause(), key: name });
      expect([name, attempt.outcome]).toEqual([name, outcome]);
      // What is written down of a failure is a code: no sentence, nothing that a member wrote.
      expect("error" in attempt ? attempt.error : "none").toMatch(/^[\w.-]{1,60}$/);
    }
  });

  test("refuses what nobody understands, and leaves the platform as it is", async () => {
    const { place, look } = await standing();
    const before = await look();
    const attempt = await senderBy(adapter, place).send({ action: { kind: "dance" }, key: "dance" });
    expect(attempt).toEqual({ outcome: "refused", error: "platforms.unreadable-action" });
    expect(await look()).toBe(before);
  });
}

function tryConnection({ adapter, standing }: Trial): void {
  test("finds its connection well, and names no right as missing that the platform does not have", async () => {
    const { failure, missing } = await adapter.check((await standing()).place);
    expect(failure).toBeUndefined();
    for (const name of missing) expect([name, allows(adapter, name)]).toEqual([name, true]);
  });
}

/** What every adapter promises, tried on one. `open` makes a ground with a new community on it. */
export function tryAdapter(adapter: Adapter, open: () => Promise<Ground>): void {
  let opened: Promise<Ground> | undefined;
  const trial: Trial = { adapter, standing: () => (opened ??= open()) };
  describe(`the adapter of ${adapter.platform.name}`, () => {
    for (const part of [tryClaims, tryReading, tryDoing, tryTrouble, tryConnection]) part(trial);
  });
}
