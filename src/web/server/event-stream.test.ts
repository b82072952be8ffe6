import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Change, ChangeFeed } from "#src/log/changes.ts";
import { openEventStreams } from "./event-stream.ts";

/** Nobody's community; the stream only asks whose changes to hear. */
const community = "00000000-0000-7000-8000-000000000001";
const facts = { id: community } as never;
const heard = new Set<(change: Change) => void>();
const feed: ChangeFeed = {
  watch: (_, onChange) => {
    heard.add(onChange);
    return () => heard.delete(onChange);
  },
  stop: async () => undefined,
};
const tell = (): void => heard.forEach((each) => each({ communityId: community, topic: "log" }));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  heard.clear();
});

test("a browser that goes away while changes are gathered is told no more, and nothing breaks", async () => {
  const { body } = openEventStreams(feed).open({ facts }, new AbortController().signal);
  tell();
  await body?.cancel();
  expect(heard.size).toBe(0);
  // What was gathered would be sent now, and a sign of life in a while.
  expect(() => vi.advanceTimersByTime(60_000)).not.toThrow();
});

test("the end of the process after a browser went away breaks nothing", async () => {
  const streams = openEventStreams(feed);
  const { body } = streams.open({ facts }, new AbortController().signal);
  await body?.cancel();
  expect(() => streams.stop()).not.toThrow();
});

test("a browser that was gone before the stream began hears nothing and ends at once", async () => {
  const { body } = openEventStreams(feed).open({ facts }, AbortSignal.abort());
  expect(heard.size).toBe(0);
  expect(await new Response(body).text()).toContain("hello");
});
