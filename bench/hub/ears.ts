import { request } from "node:http";

/** A reader of a topic whose page is open. */
export interface Reader {
  readonly address: string;
  /** Below the site, such as `/c/town/live?topic=5`. */
  readonly path: string;
  /** A member's; undefined for a guest. */
  readonly cookie: string | undefined;
  /** Where they seem to come from. */
  readonly from: string;
}

/** Readers with their lines open. */
export interface Ears {
  /** Lines that stand. */
  count(): number;
  /** Milliseconds (of `performance.now()`) at which each line was told of this post; lines that were not are missing. */
  heard(post: number): readonly number[];
  close(): void;
}

const LAST = /"last":(\d+)/g;

function openEar({ address, path, cookie, from }: Reader, hear: (post: number) => void) {
  const headers = { "x-forwarded-for": from, ...(cookie === undefined ? {} : { cookie }) };
  const asked = request(`${address}${path}`, { agent: false, headers });
  const greeted = new Promise<void>((done, fail) => {
    asked.once("error", fail);
    asked.once("response", (answer) => {
      if (answer.statusCode !== 200) fail(new Error(`a line was answered with ${answer.statusCode}`));
      answer.setEncoding("utf8");
      answer.on("error", () => undefined);
      answer.on("data", (text: string) => {
        if (text.includes("event: hello")) done();
        for (const [, last] of text.matchAll(LAST)) hear(Number(last));
      });
    });
  });
  asked.end();
  return { greeted, close: () => asked.destroy() };
}

/** Opens all lines, a few at a time, and resolves when each has been greeted. */
export async function openEars(readers: readonly Reader[]): Promise<Ears> {
  const times = new Map<number, number[]>();
  const hear = (post: number): void => void times.set(post, [...(times.get(post) ?? []), performance.now()]);
  const ears: ReturnType<typeof openEar>[] = [];
  for (let at = 0; at < readers.length; at += 25) {
    const few = readers.slice(at, at + 25).map((reader) => openEar(reader, hear));
    await Promise.all(few.map(({ greeted }) => greeted));
    ears.push(...few);
  }
  times.clear();
  return {
    count: () => ears.length,
    heard: (post) => times.get(post) ?? [],
    close: () => ears.forEach((ear) => ear.close()),
  };
}
