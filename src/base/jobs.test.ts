import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { sql } from "kysely";
import { decide, heldCounts, heldWork } from "./backup/hold.ts";
import { newId } from "./ids.ts";
import { type Jobs, job, startJobs } from "./jobs.ts";
import { testDatabase } from "./testing/database.ts";
import { testTools } from "./testing/jobs.ts";

const databases = await testDatabase();
const done: number[] = [];
let stopped = false;

const brew = job({
  name: "tea.brew",
  data: z.object({ cups: z.int() }),
  retries: 2,
  minutes: 1,
  work: async ({ cups }) => {
    done.push(cups);
    if (cups === 7 && done.filter((each) => each === 7).length === 1) throw new Error("spilt");
  },
});

const steep = job({
  name: "tea.steep",
  data: z.object({}),
  retries: 0,
  minutes: 1,
  work: async (_, { signal }) => {
    await wait(60_000, undefined, { signal }).catch(() => undefined);
    stopped = signal.aborted;
  },
});

const jobs: Jobs = await startJobs({ ...testTools, databases, jobs: [brew, steep], works: true });
afterAll(() => jobs.stop(2000));

async function until(isTrue: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !isTrue(); i += 1) await wait(50);
  expect(isTrue()).toBe(true);
}

test("a job that is sent is done", async () => {
  await jobs.send(brew, { cups: 1 });
  await until(() => done.includes(1));
});

test("a job that fails is tried again", async () => {
  await jobs.send(brew, { cups: 7 });
  await until(() => done.filter((cups) => cups === 7).length === 2);
});

test("a job sent in a transaction that is rolled back never was", async () => {
  const failed = databases.asOwner(async (tx) => {
    await jobs.send(brew, { cups: 13 }, { tx });
    throw new Error("changed my mind");
  });
  await expect(failed).rejects.toThrow("changed my mind");
  await databases.asOwner((tx) => jobs.send(brew, { cups: 14 }, { tx }));
  await until(() => done.includes(14));
  expect(done).not.toContain(13);
});

test("of two with one key the second is not taken while the first waits or runs", async () => {
  const later = { key: "one", notBefore: Date.now() + 60_000 };
  expect(await jobs.send(brew, { cups: 20 }, later)).toBe(true);
  expect(await jobs.send(brew, { cups: 20 }, later)).toBe(false);
  expect(await jobs.send(brew, { cups: 20 }, { ...later, key: "other" })).toBe(true);
});

test("what fails every time stands there until it is tried again or dropped, and by the clock until it goes well", async () => {
  let isHot = false;
  const [served, spilt]: [string[], string[]] = [[], []];
  const serve = job({
    name: "tea.serve",
    data: z.object({ to: z.string() }),
    retries: 0,
    minutes: 1,
    work: async ({ to }) => {
      if (!isHot) throw new TypeError("cold");
      served.push(to);
    },
    dropped: async ({ to }) => void spilt.push(to),
  });
  const boil = job({
    name: "tea.boil",
    data: z.object({}),
    retries: 0,
    minutes: 1,
    work: async () => {
      if (!isHot) throw new Error("no fire");
    },
  });
  const kitchen = await startJobs({ ...testTools, databases, jobs: [serve, boil], works: true });
  const standing = async () => kitchen.failed({ after: undefined, limit: 10 });
  const told = async () =>
    (await standing()).map(({ job: name, content }) => `${name} ${String(content["to"])}`).toSorted();
  await kitchen.send(serve, { to: "ann" }, { key: "table" });
  await kitchen.send(serve, { to: "ben" });
  const boiling = async () => (await standing()).filter((each) => each.job === boil.name).map(({ id }) => id);
  await kitchen.send(boil, {});
  await expect.poll(boiling).toHaveLength(1);
  const before = await boiling();
  await kitchen.send(boil, {});
  await expect.poll(boiling).not.toEqual(before);
  await expect.poll(told).toEqual(["tea.boil undefined", "tea.serve ann", "tea.serve ben"]);
  const [first, ...rest] = await standing();
  expect(first).toMatchObject({ tries: 1, failure: expect.stringMatching(/Error$/) });
  const second = await kitchen.failed({ after: [first?.failedAt ?? 0, first?.id ?? ""], limit: 1 });
  expect(second).toEqual(rest.slice(0, 1));

  isHot = true;
  const idOf = async (to: string) =>
    (await standing()).filter(({ content }) => content["to"] === to).map(({ id }) => id);
  const [ann, ben] = [await idOf("ann"), await idOf("ben")];
  expect(await kitchen.settleFailed(ben, "drop")).toBe(1);
  expect(spilt).toEqual(["ben"]);
  expect(await kitchen.settleFailed([...ann, ...ben], "again")).toBe(1);
  await kitchen.send(boil, {});
  await expect.poll(told).toEqual([]);
  await expect.poll(() => served).toEqual(["ann"]);
  await kitchen.stop(2000);
});

test("a process that stops tells its jobs, and waits for them to put down what they do", async () => {
  await jobs.send(steep, {});
  for (let i = 0; i < 100 && (await jobs.counts()).find((each) => each.name === "tea.steep")?.running !== 1; i += 1) {
    await wait(100);
  }
  await jobs.stop(5000);
  expect(stopped).toBe(true);
});

test("after a restore work waits until a person has decided, and then is done once or not at all", async () => {
  const owner = databases.owner;
  await sql`insert into install_hold (taken_at, held_since) values (now(), now())`.execute(owner);
  const kettle: string[] = [];
  const [weeks, months] = [newId(2), newId(3)];
  const note = (name: string, duringHold?: true) =>
    job({
      name,
      data: z.object({ to: z.string() }),
      retries: 0,
      minutes: 1,
      ...(duringHold && { duringHold }),
      work: async ({ to }) => void kettle.push(`${name} ${to}`),
      dropped: async ({ to }) => void kettle.push(`${name} not to ${to}`),
    });
  const [letter, sweep] = [note("tea.letter"), note("tea.sweep", true)];
  const weekly = job({
    name: "tea.weekly",
    data: z.object({}),
    retries: 0,
    minutes: 1,
    every: "0 0 1 1 *",
    overdue: {
      list: async () => [weeks, months].map((id) => ({ id, content: { community: newId(1) } })),
      skip: async (_tx, id) => void kettle.push(id === weeks ? "no weekly tea" : "no monthly tea"),
    },
    work: async () => undefined,
  });
  const ids = ["ann", "ben", "cid"].map((to) => ({ to, id: newId(Date.now()) }));
  for (const { to, id } of ids)
    await sql`insert into held_work (id, job, content, due_at) values (${id}, 'tea.letter', ${{ to }}, now())`.execute(
      owner,
    );
  const gone = newId(Date.now());
  await sql`insert into held_work (id, job, content, due_at) values (${gone}, 'tea.of-old', '{}', now())`.execute(
    owner,
  );
  const held = await startJobs({ ...testTools, databases, jobs: [letter, sweep, weekly], works: true });
  await held.send(sweep, { to: "floor" });
  await held.send(letter, { to: "dan" });
  await until(() => kettle.includes("tea.sweep floor"));
  await wait(2500);
  expect(kettle).toEqual(["tea.sweep floor"]);
  await expect(held.endHold()).rejects.toThrow("backup.undecided");
  const by = newId(Date.now());
  await sql`insert into users (id, email, name, created_at, updated_at) values (${by}, 'o@veche.example', 'O', now(), now())`.execute(
    owner,
  );
  const decided = { by, now: Date.now() };
  await decide(owner, { ids: undefined, decision: "go", ...decided });
  await decide(owner, { ids: [ids[1]?.id ?? "", weeks], decision: "drop", ...decided });
  expect(await heldCounts(owner)).toEqual({ all: 6, undecided: 0 });
  expect((await heldWork(owner, { after: undefined, limit: 2 })).length).toBe(2);
  expect(await held.endHold()).toBe(2);
  await until(() => kettle.length === 6);
  expect(kettle.toSorted()).toEqual([
    "no weekly tea",
    "tea.letter ann",
    "tea.letter cid",
    "tea.letter dan",
    "tea.letter not to ben",
    "tea.sweep floor",
  ]);
  await expect(held.endHold()).rejects.toThrow("backup.not-held");
  await held.stop(2000);
});
