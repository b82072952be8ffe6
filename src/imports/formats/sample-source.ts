import type { Part, Source } from "../stream/source.ts";
import type { Choices, HistoryFormat, ResumePoint } from "./format.ts";
import type { Harvest } from "./harvest.ts";

/** A source of files in memory, the largest first. Each is given out in two pieces, cut at that byte. */
export function sourceOf(files: Readonly<Record<string, string>>, cut?: number): Source {
  const bytes = new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
  const parts = [...bytes].map(([name, { length }]) => ({ name, bytes: length }));
  async function* pieces(all: Buffer, from: number): AsyncGenerator<Buffer> {
    for (const [start, end] of [
      [from, Math.max(from, cut ?? all.length)],
      [Math.max(from, cut ?? all.length), all.length],
    ] as const) {
      // One buffer for all pieces, as a file's reader has it: who keeps a piece finds it overwritten.
      if (start < end) yield Buffer.from(all.subarray(start, end));
    }
  }
  const read = (part: Part, from = 0) =>
    Promise.resolve({ chunks: pieces(bytes.get(part.name) ?? Buffer.alloc(0), from), consumed: () => 0 });
  return {
    name: parts[0]?.name ?? "",
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    packing: "folder",
    parts: parts.toSorted((a, b) => b.bytes - a.bytes),
    read,
  };
}

const usual: Choices = { timeZone: "UTC", now: Date.UTC(2027, 0, 1) };

/** Where a reading begins and what was chosen for it. */
export interface ReadingChoices extends Partial<Choices> {
  readonly resume?: ResumePoint | undefined;
}

/** Everything that a reading of a source brings in. */
export async function harvestOf(format: HistoryFormat, source: Source, { resume, ...more }: ReadingChoices = {}) {
  const harvests: Harvest[] = [];
  for await (const harvest of format.read(source, { ...usual, ...more }, resume)) harvests.push(harvest);
  return {
    harvests,
    messages: harvests.flatMap((each) => each.messages),
    moves: harvests.flatMap((each) => each.moves),
    skipped: harvests.flatMap((each) => each.skipped.map((skip) => skip.reason)),
    spaces: new Map(harvests.flatMap((each) => [...each.spaces])),
    unknown: new Map(harvests.flatMap((each) => [...each.unknownFields])),
    passedOver: new Map(harvests.flatMap((each) => [...each.passedOver])),
  };
}

type Found = Awaited<ReturnType<typeof harvestOf>>;

/** What a reading found, for comparing it with another. */
export function foundIn({ harvests, messages, moves, skipped, spaces }: Found) {
  return { messages, moves, numbers: harvests.flatMap((each) => each.numbers), skipped, spaces: [...spaces] };
}

/**
 * Reads the files cut at every byte, and once more from every resume point that such a reading gives. Calls back with
 * what each found, which has to be the same every time.
 */
export async function cutEverywhere(
  format: HistoryFormat,
  files: Readonly<Record<string, string>>,
  found: (how: string, each: ReturnType<typeof foundIn>) => void,
): Promise<void> {
  const longest = Math.max(...Object.values(files).map((text) => Buffer.byteLength(text)));
  for (let cut = 1; cut < longest; cut++) {
    const source = sourceOf(files, cut);
    const whole = await harvestOf(format, source);
    found(`cut at byte ${cut}`, foundIn(whole));
    for (const [i, { resume }] of whole.harvests.entries()) {
      const before = whole.harvests.slice(0, i + 1);
      const saved = JSON.parse(JSON.stringify(resume)) as ResumePoint;
      const after = await harvestOf(format, source, { resume: saved });
      const both = {
        messages: [...before.flatMap((each) => each.messages), ...after.messages],
        moves: [...before.flatMap((each) => each.moves), ...after.moves],
        numbers: [...before, ...after.harvests].flatMap((each) => each.numbers),
        skipped: [...before.flatMap((each) => each.skipped.map((skip) => skip.reason)), ...after.skipped],
        spaces: [...new Map([...before.flatMap((each) => [...each.spaces]), ...after.spaces])],
      };
      found(`cut at byte ${cut}, gone on after step ${i + 1}`, both);
    }
  }
}
