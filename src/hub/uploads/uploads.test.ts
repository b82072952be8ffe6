import { existsSync, readFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { admit, type Admitted, FILE_BYTES, PICTURE_BYTES, uploadHeaders } from "./admit.ts";

const SECRET = "GPS 55.75 N heron@nest.example";

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function png(width = 3, height = 2, more: readonly Buffer[] = []): Buffer {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const rows = Buffer.alloc(Math.min(height, 100) * (Math.min(width, 100) + 1), 0);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    ...more,
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** Exif as cameras write it: which way up, and a text. */
function exif(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write("II*\0", "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  return segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff, Buffer.from(SECRET)]));
}

/** A grey JPEG, 5 wide and 4 high, of one scan. */
function jpeg(...more: readonly Buffer[]): Buffer {
  const table = Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(15), Buffer.from([0])]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...more,
    segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])),
    segment(0xc0, Buffer.from([8, 0, 4, 0, 5, 1, 1, 0x11, 0])),
    segment(0xc4, table),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x3f, 0xff, 0x00, 0xff, 0xd0, 0x12]),
    Buffer.from([0xff, 0xd9]),
  ]);
}

const comment = (text: string) =>
  Buffer.concat([Buffer.from([0x21, 0xfe, text.length]), Buffer.from(text), Buffer.from([0])]);

function gif(...more: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from("GIF89a\x04\0\x03\0\x80\0\0\0\0\0\xff\xff\xff", "latin1"),
    ...more,
    Buffer.from([0x2c, 0, 0, 0, 0, 4, 0, 3, 0, 0, 2, 2, 0x44, 1, 0]),
    Buffer.from([0x3b]),
  ]);
}

function webp(...more: readonly (readonly [string, Buffer])[]): Buffer {
  const lossless = Buffer.from([0x2f, 0x06, 0x40, 0x01, 0, 0x88, 0x08]);
  const extended = Buffer.from([0x2c, 0, 0, 0, 6, 0, 0, 5, 0, 0]);
  const chunks = [["VP8X", extended], ["VP8L", lossless], ...more] as const;
  const content = Buffer.concat([
    Buffer.from("WEBP"),
    ...chunks.map(([type, bytes]) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return Buffer.concat([Buffer.from(type), length, bytes, Buffer.alloc(bytes.length % 2)]);
    }),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from("RIFF"), length, content]);
}

function picture(bytes: Buffer, name: string) {
  const found = admit(bytes, name);
  if (found.kind !== "picture") throw new Error(found.kind === "refused" ? found.fault : found.kind);
  return found.picture;
}

const fault = (bytes: Buffer, name: string) => {
  const found = admit(bytes, name);
  return found.kind === "refused" ? found.fault : undefined;
};

test("a photograph loses where and by whom it was taken, and keeps which way up it is", () => {
  const told = jpeg(exif(6), segment(0xfe, Buffer.from(SECRET)), segment(0xe2, Buffer.from(`ICC_PROFILE\0${SECRET}`)));
  const clean = picture(Buffer.concat([told, Buffer.from(SECRET)]), "IMG_1.JPG");
  expect(clean.bytes.includes("heron")).toBe(false);
  expect([clean.width, clean.height]).toEqual([4, 5]);
  expect(clean.bytes.includes(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]))).toBe(true);
  expect(picture(clean.bytes, "again.jpg")).toEqual(clean);
  expect(picture(jpeg(), "plain.jpeg").bytes).toEqual(jpeg());
});

test("texts, times and whatever follows its end leave a PNG; its own pieces stay as they are", () => {
  const told = png(3, 2, [chunk("tEXt", Buffer.from(`Author\0${SECRET}`)), chunk("eXIf", Buffer.from(SECRET))]);
  const clean = picture(Buffer.concat([told, Buffer.from(`<script>${SECRET}`)]), "a.png");
  expect(clean).toEqual({ format: "png", width: 3, height: 2, bytes: png() });
});

test("comments and foreign blocks leave a GIF; an animation goes on repeating", () => {
  const repeats = Buffer.from("\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", "latin1");
  const foreign = Buffer.concat([
    Buffer.from([0x21, 0xff, 11]),
    Buffer.from("XMP DataXMP"),
    Buffer.from([5]),
    Buffer.from("heron\0"),
  ]);
  const clean = picture(Buffer.concat([gif(repeats, comment(SECRET), foreign), Buffer.from(SECRET)]), "a.gif");
  expect(clean).toEqual({ format: "gif", width: 4, height: 3, bytes: gif(repeats) });
});

test("Exif, XMP and profiles leave a WebP, and its head no longer tells of them", () => {
  const clean = picture(
    webp(["EXIF", Buffer.from(SECRET)], ["XMP ", Buffer.from(SECRET)], ["ICCP", Buffer.from(SECRET)]),
    "a.webp",
  );
  expect(clean.bytes.includes("heron")).toBe(false);
  expect([clean.width, clean.height, clean.bytes.readUInt8(20)]).toEqual([7, 6, 0]);
  expect(clean.bytes.readUInt32LE(4)).toBe(clean.bytes.length - 8);
  expect(picture(clean.bytes, "a.webp")).toEqual(clean);
});

test("a file is what stands in it, and one whose name says otherwise is refused", () => {
  const page = Buffer.from("<html><script>alert(1)</script>");
  expect(fault(page, "cat.png")).toBe("type-lies");
  expect(fault(page, "page.html")).toBe("type-lies");
  expect(fault(Buffer.from("<svg onload=alert(1)>"), "cat.svg")).toBe("type-lies");
  expect(fault(png(), "cat.jpg")).toBe("type-lies");
  expect(fault(png(), "report.pdf")).toBe("type-lies");
  expect(fault(Buffer.from("MZ\x90\0\x03\0", "latin1"), "setup.exe")).toBe("type-unknown");
  expect(fault(Buffer.from("PK\x03\x04rest", "latin1"), "app.apk")).toBe("type-lies");
  expect(admit(Buffer.from("%PDF-1.7 …"), "report.pdf")).toMatchObject({ kind: "file", name: "report.pdf" });
  expect(admit(Buffer.from("день;число\n"), "таблица.csv")).toMatchObject({ kind: "file", name: "таблица.csv" });
});

test("what is empty, cut short, too large or too many pixels is refused, each with its reason", () => {
  expect(fault(Buffer.alloc(0), "a.png")).toBe("empty");
  expect(fault(png(20_000, 1), "a.png")).toBe("too-many-pixels");
  expect(fault(png(9_000, 9_000), "a.png")).toBe("too-many-pixels");
  expect(fault(Buffer.alloc(FILE_BYTES + 1, 65), "a.txt")).toBe("too-large");
  expect(fault(Buffer.concat([jpeg(), Buffer.alloc(PICTURE_BYTES)]), "a.jpg")).toBe("too-large");
  for (const [bytes, name] of [
    [png(), "a.png"],
    [jpeg(), "a.jpg"],
    [gif(), "a.gif"],
    [webp(), "a.webp"],
  ] as const) {
    for (let length = 12; length < bytes.length; length += 1)
      expect(fault(bytes.subarray(0, length), name)).toBe("broken");
  }
});

test("no damage to a picture is more than a refusal", () => {
  const files = [
    png(3, 2, [chunk("tEXt", Buffer.from("a\0b"))]),
    jpeg(exif(8)),
    gif(comment("hello")),
    webp(["EXIF", Buffer.from("abc")]),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
      (file, changes) => {
        const bytes = Buffer.from(file);
        for (const [at, value] of changes) bytes.writeUInt8(value, at % bytes.length);
        const found = admit(bytes, "noname");
        const first = found.kind === "picture" ? found.picture : undefined;
        expect(first && picture(first.bytes, "noname")).toEqual(first);
      },
    ),
    { numRuns: 3000 },
  );
});

test("a name cannot lead out of a folder, into a header or the wrong way", () => {
  const named = (name: string) => (admit(Buffer.from("text"), name) as Extract<Admitted, { kind: "file" }>).name;
  expect(named("../../etc/passwd.txt")).toBe("etc passwd.txt");
  expect(named('a"; filename="b.txt')).toBe("a filename= b.txt");
  expect(named("x\r\nSet-Cookie: a.txt")).toBe("x Set-Cookie a.txt");
  expect(named("photo\u202egnp.txt")).toBe("photo gnp.txt");
  expect(named("....txt")).toBe("file.txt");
  expect(named("name")).toBe("name.txt");
  expect(named(`${"д".repeat(500)}.txt`)).toHaveLength(104);
});

test("an upload is shown as a picture or saved as a file, and can neither run nor be guessed to be something else", () => {
  const file = uploadHeaders({ kind: "file", name: "отчёт 'за' (май).pdf" });
  expect(file["content-disposition"]).toBe(
    "attachment; filename*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82%20%27%D0%B7%D0%B0%27%20%28%D0%BC%D0%B0%D0%B9%29.pdf",
  );
  const shown = uploadHeaders({ kind: "picture", format: "png" });
  for (const headers of [file, shown]) {
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toBe("default-src 'none'; sandbox");
  }
  expect(shown["content-type"]).toBe("image/png");
});

const HOSTILE = "../shared/corpora/xss/svg";
if (!existsSync(HOSTILE)) console.log("Skipped: ../shared/corpora with hostile pictures is not here.");

test.skipIf(!existsSync(HOSTILE))("of pictures with a script in everything they tell, only the picture is left", () => {
  const tells = /<script|alert\(|Exif|XMP|zTXt|tEXt|iTXt|Photoshop/i;
  for (const ending of ["jpg", "png"]) {
    const bytes = readFileSync(`${HOSTILE}/payload_in_all_known_metadata.${ending}`);
    expect(bytes.toString("latin1")).toMatch(tells);
    const clean = picture(bytes, `a.${ending}`);
    expect(clean.bytes.toString("latin1")).not.toMatch(tells);
    expect(clean.width).toBeGreaterThan(10);
  }
});
