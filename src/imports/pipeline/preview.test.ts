import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { planImport } from "../actions.ts";
import { previewSchema } from "../model.ts";
import { previewFile } from "./preview.ts";

const folder = mkdtempSync(join(tmpdir(), "veche-preview-"));
afterAll(() => rm(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const now = Date.UTC(2027, 0, 1);
const look = async (path: string, more: object = {}) =>
  previewSchema.parse(await previewFile(path, "file", { timeZone: "Europe/Moscow", now, ...more }));

const said = { id: 1, type: "message", date: "2024-01-01T12:00:00", from: "Anna", from_id: "user1", text: "hello" };

test("an old export shows its messages by the chosen clock and asks for the time zone", async () => {
  const path = file(
    "old.json",
    JSON.stringify({ name: "Hall", type: "private_group", id: 5, messages: [said, { ...said, id: 2 }] }),
  );
  expect(await look(path)).toMatchObject({
    format: "telegram-desktop",
    complete: true,
    messages: 2,
    authors: 1,
    spaces: [{ externalId: "-5", name: "Hall", type: "private_group", isPrivate: false, messages: 2 }],
    firstAt: "2024-01-01T09:00:00.000Z",
    timeZone: { needed: true, value: "Europe/Moscow" },
    columns: null,
    missing: [],
    sample: [
      { sentAt: "2024-01-01T09:00:00.000Z", space: "Hall", author: "Anna", kind: "text", text: "hello", reply: false },
      {},
    ],
    warnings: [{ code: "time-zone" }],
  });
});

test("rows show which columns were guessed and which are still to be chosen", async () => {
  const path = file(
    "rows.jsonl.gz",
    gzipSync('{"when":1714557600,"who":"Anna","text":"hi"}\n{"when":1714557601,"who":"Oleg","text":"ho"}\n'),
  );
  const first = await look(path);
  expect(first).toMatchObject({
    format: "jsonl",
    messages: 0,
    missing: ["sentAt", "authorName"],
    map: { text: "text" },
  });
  expect(first.columns).toEqual([
    { name: "when", example: "1714557600" },
    { name: "who", example: "Anna" },
    { name: "text", example: "hi" },
  ]);
  expect(first.warnings.map((warning) => warning.code)).toEqual(["missing-fields", "no-messages"]);
  expect(await look(path, { fields: { sentAt: "when", authorName: "who" } })).toMatchObject({
    messages: 2,
    authors: 2,
    missing: [],
    warnings: [],
  });
});

test("a file cut off, or with private chats, says so", async () => {
  const account = JSON.stringify({
    about: "x",
    chats: { list: [{ name: "Friend", type: "personal_chat", id: 3, messages: [said] }] },
  });
  expect((await look(file("account.json", account))).warnings.map((warning) => warning.code)).toContain(
    "private-chats",
  );
  const cut = JSON.stringify({ name: "Hall", type: "private_group", id: 5, messages: [said, said] }).slice(0, -20);
  expect((await look(file("cut.json", cut))).warnings.map((warning) => warning.code)).toContain("cut-off");
});

test("what no format recognises is refused, and so are columns that the file does not have", async () => {
  await expect(look(file("page.html", "<html>"))).rejects.toMatchObject({ code: "imports.unknown-format" });
  await expect(look(file("photo.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2])))).rejects.toMatchObject({
    code: "imports.unknown-format",
  });
  const path = file("plain.csv", "id,ts,user,text\n1,1714557600,A,x\n");
  const plan = (fields: object) => planImport({ path, name: "plain.csv", timeZone: "UTC", fields, now });
  await expect(plan({ text: "absent" })).rejects.toMatchObject({
    code: "imports.no-such-field",
    details: { field: "absent" },
  });
  expect((await plan({})).options.fields).toEqual({ id: "id", sentAt: "ts", authorName: "user", text: "text" });
});
