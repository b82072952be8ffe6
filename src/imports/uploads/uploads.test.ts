import { existsSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { newId } from "#src/base/ids.ts";
import { FILE_BYTES } from "../model.ts";
import { addPiece, beginUpload, dropUploadAt, findUpload, finishedUpload, tidyUploads, uploadPath } from "./uploads.ts";

const folder = mkdtempSync(join(tmpdir(), "veche-uploads-"));
vi.stubEnv("VECHE_DATA_DIR", folder);
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const now = Date.now();
const anna = newId(now);
const body = (text: string) => new Blob([text]).stream();
const begin = (name: string, bytes: number, owner = anna) => beginUpload({ name, bytes, owner, modifiedAt: 1, now });

test("a file arrives in pieces, and goes on where the line broke", async () => {
  const upload = await begin("a.json", 10);
  await addPiece(upload, 0, body("hello"));
  const again = await begin("a.json", 10);
  expect(again).toEqual({ id: upload.id, name: "a.json", bytes: 10, received: 5 });
  await expect(finishedUpload(upload.id, anna)).rejects.toMatchObject({ code: "imports.upload-unfinished" });
  await addPiece(again, 5, body("world"));
  const { path } = await finishedUpload(upload.id, anna);
  const { readFileSync } = await import("node:fs");
  expect(readFileSync(path, "utf8")).toBe("helloworld");
});

test("a piece for another place is refused with the place that was reached", async () => {
  const upload = await begin("b.json", 10);
  await expect(addPiece(upload, 3, body("x"))).rejects.toMatchObject({
    code: "imports.wrong-place",
    details: { received: 0 },
  });
  await expect(addPiece(upload, 0, body("x".repeat(11)))).rejects.toMatchObject({
    code: "imports.more-than-announced",
  });
});

test("nobody touches another person's file, or a file outside the folder", async () => {
  const upload = await begin("c.json", 10);
  await expect(findUpload(upload.id, newId(now))).rejects.toMatchObject({ code: "imports.no-such-upload" });
  for (const id of ["../../etc/passwd", "", `${upload.id}/..`, newId(now)]) {
    await expect(findUpload(id, anna)).rejects.toMatchObject({ code: "imports.no-such-upload" });
  }
});

test("a file that is too large or empty is refused before it is sent", async () => {
  await expect(begin("d.json", FILE_BYTES + 1)).rejects.toMatchObject({ code: "imports.file-too-large" });
  await expect(begin("d.json", 0)).rejects.toMatchObject({ code: "imports.empty-file" });
});

test("after a day an untouched file is thrown away, unless an import needs it", async () => {
  const [needed, left] = [await begin("e.json", 10), await begin("f.json", 10)];
  const tomorrow = now + 25 * 3_600_000;
  await tidyUploads(now, new Set());
  expect(existsSync(uploadPath(left.id))).toBe(true);
  await tidyUploads(tomorrow, new Set([uploadPath(needed.id)]));
  expect(existsSync(uploadPath(left.id))).toBe(false);
  expect(existsSync(uploadPath(needed.id))).toBe(true);
});

test("after an import the uploaded file goes, a file of the machine's owner stays", async () => {
  const upload = await begin("g.json", 10);
  await dropUploadAt(join(folder, "elsewhere.json"));
  await dropUploadAt(uploadPath(upload.id));
  expect(existsSync(uploadPath(upload.id))).toBe(false);
});
