import fc from "fast-check";
import { expect, test } from "vitest";
import { boundaryOf, readMultipart } from "./multipart.ts";

/** A body that arrives in pieces of these lengths, over and over. */
function arriving(bytes: Buffer, lengths: readonly number[]): ReadableStream<Uint8Array> {
  let at = 0;
  let n = 0;
  return new ReadableStream({
    pull: (controller) => {
      const length = lengths[n++ % lengths.length] ?? 1;
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + length));
      at += length;
    },
  });
}

async function partsOf(body: ReadableStream<Uint8Array>, boundary: string, most = 10_000) {
  const parts: { name: string; fileName: string | undefined; bytes: string }[] = [];
  await readMultipart({ body, boundary, most }, ({ name, fileName }) => {
    const pieces: Buffer[] = [];
    return {
      take: (piece) => void pieces.push(Buffer.from(piece)),
      end: () => void parts.push({ name, fileName, bytes: Buffer.concat(pieces).toString("latin1") }),
    };
  });
  return parts;
}

const part = (head: string, body: string) => `--aB3\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;

test("a form with files is read as it was sent, however the line cuts it up", async () => {
  const inner = fc.string({ unit: fc.constantFrom("a", "\r", "\n", "-", "-aB3", "--aB", "\r\n--aB"), maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(inner, { maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      async (bodies, lengths) => {
        fc.pre(bodies.every((body) => !`\r\n${body}\r\n`.includes("\r\n--aB3")));
        const text = `${bodies.map((body, n) => part(`name="f${n}"; filename="a%22b.png"`, body)).join("")}--aB3--\r\n`;
        const parts = await partsOf(arriving(Buffer.from(text, "latin1"), lengths), "aB3");
        expect(parts).toEqual(bodies.map((bytes, n) => ({ name: `f${n}`, fileName: 'a"b.png', bytes })));
      },
    ),
    { numRuns: 200 },
  );
});

test("a form that is cut short, too long or no form at all is refused", async () => {
  const whole = Buffer.from(`${part('name="text"', "hello")}--aB3--\r\n`);
  for (let length = 0; length < whole.length - 4; length += 1)
    await expect(partsOf(arriving(whole.subarray(0, length), [7]), "aB3")).rejects.toMatchObject({
      code: "hub.form-unreadable",
    });
  await expect(partsOf(arriving(whole, [7]), "aB3", 30)).rejects.toMatchObject({ code: "hub.form-too-large" });
  const endless = Buffer.from(`--aB3\r\n${"x".repeat(9000)}`);
  await expect(partsOf(arriving(endless, [500]), "aB3")).rejects.toMatchObject({ code: "hub.form-unreadable" });
  expect(boundaryOf('multipart/form-data; boundary="a b"')).toBe("a b");
  expect(boundaryOf("multipart/form-data; charset=utf-8; boundary=----x1")).toBe("----x1");
  expect(boundaryOf("multipart/form-data")).toBeUndefined();
  expect(boundaryOf("application/x-www-form-urlencoded")).toBeUndefined();
});
