import { expect, test } from "vitest";
import { workWhenIdle } from "./idle-work.ts";

function spin(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

function* steps(count: number, done: number[], ms = 1): Generator<undefined> {
  for (let step = 0; step < count; step += 1) {
    spin(ms);
    done.push(performance.now());
    yield;
  }
}

test("work in pauses is done to its end, and nobody waits for more than a stretch of it", async () => {
  const done: number[] = [];
  const beats: number[] = [];
  const beat = setInterval(() => beats.push(done.length), 1);
  await workWhenIdle(steps(60, done), { afterMs: 0, mostMs: 10_000 }).done;
  clearInterval(beat);
  expect(done).toHaveLength(60);
  // A stretch is eight steps of a millisecond or more, and between two of them everybody has their turn.
  expect(new Set(beats).size).toBeGreaterThan(5);
});

test("work in pauses ends when it has taken as long as it may", async () => {
  const done: number[] = [];
  await workWhenIdle(steps(1000, done, 5), { afterMs: 0, mostMs: 50 }).done;
  expect(done.length).toBeGreaterThan(0);
  expect(done.length).toBeLessThan(20);
});

test("work in pauses waits while the process is busy, and stops when it is told to", async () => {
  const done: number[] = [];
  let isOver = false;
  const busy = (): void => {
    spin(10);
    if (!isOver) setImmediate(busy);
  };
  busy();
  const work = workWhenIdle(steps(1000, done), { afterMs: 50, mostMs: 10_000 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(done).toEqual([]);
  isOver = true;
  while (done.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  work.stop();
  await work.done;
  const stopped = done.length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(done).toHaveLength(stopped);
});

test("a step that fails is told", async () => {
  const failing = {
    next: () => {
      throw new Error("a fault");
    },
  };
  await expect(workWhenIdle(failing, { afterMs: 0, mostMs: 100 }).done).rejects.toThrow("a fault");
});
