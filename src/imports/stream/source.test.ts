import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { inReadingOrder } from "./part-order.ts";
import { openingOfPart, openSource } from "./source.ts";

const folder = mkdtempSync(join(tmpdir(), "veche-source-"));
afterAll(() => rm(folder, { recursive: true }));

function file(name: string, bytes: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

interface ZipEntry {
  readonly name: string;
  readonly text: Buffer;
  readonly isLocked?: boolean;
}

/** A zip archive, written by hand: local headers, the central directory, its end. */
function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, text, isLocked = false } of entries) {
    const packed = deflateRawSync(text, { level: 9 });
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(text), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(text.length, 8);
    const names = Buffer.alloc(4);
    names.writeUInt16LE(name.length, 0);
    const head = Buffer.from([20, 0, isLocked ? 1 : 0, 8, 8, 0, 0, 0, 0, 0]);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), head, sizes, names, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), head, sizes, names, place, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\x05\x06"), end]);
}

async function textOf(path: string, from = 0): Promise<string> {
  const source = await openSource(path);
  const [part] = source.parts;
  if (part === undefined) throw new Error("no part");
  const { chunks } = await source.read(part, from);
  const pieces: Buffer[] = [];
  for await (const chunk of chunks) pieces.push(Buffer.from(chunk));
  return Buffer.concat(pieces).toString();
}

const history = Buffer.from("история 12345\n".repeat(100_000));

describe("a file somebody brings", () => {
  test("is read the same whether plain, gzipped or zipped, and from any place on", async () => {
    const paths = [
      file("a.jsonl", history),
      file("a.jsonl.gz", gzipSync(history.subarray(0, 5000), { level: 1 })),
      file(
        "a.zip",
        zip([
          { name: "__MACOSX/._a.json", text: history },
          { name: "a.json", text: history.subarray(0, 9000) },
        ]),
      ),
    ];
    const lengths = [history.length, 5000, 9000];
    for (const [i, path] of paths.entries()) {
      expect(await textOf(path)).toBe(history.subarray(0, lengths[i]).toString());
      expect(await textOf(path, 700)).toBe(history.subarray(700, lengths[i]).toString());
    }
  });

  test("in Windows-1251 or UTF-16, as Excel saves it in Russia, reads like UTF-8", async () => {
    const words = "имя;текст\nИван;Съешь ещё этих мягких булок\n";
    const table = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
    const bytes = words.split("").map((char) => {
      const low = table.indexOf(char.toLowerCase());
      if (char === "ё") return 0xb8;
      return low < 0 ? char.charCodeAt(0) : (char === char.toLowerCase() ? 0xe0 : 0xc0) + low;
    });
    expect(await textOf(file("old.csv", Buffer.from(bytes)))).toBe(words);
    expect(await textOf(file("wide.csv", Buffer.from(`\uFEFF${words}`, "utf16le")))).toBe(words);
    expect(await textOf(file("mostly.csv", Buffer.concat([Buffer.from(words), Buffer.from([0xff, 0x0a])])))).toBe(
      `${words}\uFFFD\n`,
    );
  });

  test("cut off in the middle of a .gz gives everything before the cut", async () => {
    const packed = gzipSync(Buffer.from(Array.from({ length: 200_000 }, (_, i) => `${i * 7919}\n`).join("")));
    const text = await textOf(file("cut.gz", packed.subarray(0, packed.length / 2)));
    expect(text.startsWith("0\n7919\n")).toBe(true);
    expect(text.length).toBeGreaterThan(100_000);
  });

  test("shows its first bytes", async () => {
    const source = await openSource(file("b.jsonl", history));
    const [part] = source.parts;
    expect(part && (await openingOfPart(source, part)).length).toBe(65_536);
  });
});

describe("a folder", () => {
  test("is read file by file, whatever lies beside them, and progress grows from one to the next", async () => {
    const home = mkdtempSync(join(folder, "camp-"));
    mkdirSync(join(home, "inner"));
    for (const [name, text] of [
      ["b 10.json", "ten"],
      ["b 2.json", "two!"],
      ["inner/c.txt", "three and more"],
      [".hidden.json", "x"],
      ["photo.jpg", "x"],
      ["bare.json", ""],
    ] as const)
      writeFileSync(join(home, name), text);
    const source = await openSource(home);
    expect(source).toMatchObject({ packing: "folder", bytes: 21 });
    const told: [name: string, text: string, consumed: number][] = [];
    for (const part of inReadingOrder(source.parts)) {
      const reading = await source.read(part);
      let text = "";
      for await (const chunk of reading.chunks) text += chunk.toString();
      told.push([part.name, text, reading.consumed()]);
    }
    expect(told).toEqual([
      ["b 2.json", "two!", 4],
      ["b 10.json", "ten", 7],
      ["inner/c.txt", "three and more", 21],
    ]);
  });
});

describe("what is refused", () => {
  test("a bomb of 300 MB in 300 KB, gzipped or zipped", async () => {
    const zeros = Buffer.alloc(300_000_000);
    await expect(textOf(file("bomb.gz", gzipSync(zeros)))).rejects.toMatchObject({ code: "imports.bomb" });
    await expect(openSource(file("bomb.zip", zip([{ name: "a.json", text: zeros }])))).rejects.toMatchObject({
      code: "imports.bomb",
    });
  });

  test("an archive whose names climb out of their folder", async () => {
    const path = file("slip.zip", zip([{ name: "../../etc/a.json", text: history }]));
    await expect(openSource(path)).rejects.toMatchObject({ code: "imports.damaged-archive" });
  });

  test("an archive without history, one under a password, a damaged one, nothing at all", async () => {
    const photos = file("photos.zip", zip([{ name: "a.jpg", text: history }]));
    await expect(openSource(photos)).rejects.toMatchObject({ code: "imports.nothing-in-archive" });
    const locked = file("locked.zip", zip([{ name: "a.json", text: history, isLocked: true }]));
    await expect(openSource(locked)).rejects.toMatchObject({ code: "imports.encrypted-archive" });
    await expect(openSource(file("torn.zip", Buffer.from("PK\x03\x04 torn")))).rejects.toMatchObject({
      code: "imports.damaged-archive",
    });
    await expect(
      textOf(file("torn.gz", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))),
    ).rejects.toMatchObject({ code: "imports.damaged-archive" });
    await expect(openSource(file("empty.json", ""))).rejects.toMatchObject({ code: "imports.empty-file" });
    await expect(openSource(join(folder, "absent.json"))).rejects.toMatchObject({ code: "imports.no-such-file" });
    await expect(openSource(mkdtempSync(join(folder, "bare-")))).rejects.toMatchObject({
      code: "imports.nothing-in-folder",
    });
  });
});

/** How often this process holds a file open; Linux tells. */
function timesOpen(path: string): number {
  const targets = readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(join("/proc/self/fd", fd));
    } catch {
      // The folder itself was among them.
      return "";
    }
  });
  return targets.filter((target) => target === path).length;
}

test.skipIf(process.platform !== "linux")(
  "a file of which only the beginning is looked at is closed again",
  async () => {
    mkdirSync(join(folder, "looked-at"));
    const path = file("looked-at/result.json", Buffer.alloc(300_000, "привет "));
    const source = await openSource(join(folder, "looked-at"));
    const [part] = source.parts;
    if (part === undefined) throw new Error("no part");
    await openingOfPart(source, part);
    const { chunks } = await source.read(part);
    for await (const _ of chunks) break;
    expect(timesOpen(path)).toBe(0);
  },
);
