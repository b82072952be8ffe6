import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeEach, expect, test } from "vitest";
import { startJobs } from "../jobs.ts";
import { testDatabase } from "../testing/database.ts";
import { testTools } from "../testing/jobs.ts";
import { testMailServer } from "../testing/mail-server.ts";
import { type Letter, writeLetter } from "./letter.ts";
import { openMailer } from "./mailer.ts";
import { letterState, postLetter, sendLetter } from "./post.ts";

const databases = await testDatabase();
const server = await testMailServer();
const mailer = openMailer({ smtpUrl: server.url, from: "Camp <team@camp.example>" });
const tools = { ...testTools, mailer, databases };
const jobs = await startJobs({ ...tools, jobs: [sendLetter], works: true });
afterAll(() => jobs.stop(2000));

const letter: Letter = {
  to: "new@camp.example",
  locale: "ru",
  subject: "Приглашение в <Camp>",
  paragraphs: ["Вас зовут в команду «Tea & Co»."],
  button: { label: "Войти", url: "https://camp.example/join?a=1&b=2" },
  footnote: "Если это ошибка, ничего не делайте.",
};

beforeEach(() => {
  server.arrived.length = 0;
  server.refusals.length = 0;
});

function post(hours = 1): Promise<string> {
  return databases.asOwner((tx) => postLetter({ ...tools, jobs }, tx, { letter, kind: "tests.letter", hours }));
}

async function settled(id: string) {
  for (let i = 0; i < 300; i += 1) {
    const found = await letterState(databases.owner, id);
    if (found !== undefined && found.state !== "waiting") return found;
    await wait(50);
  }
  return letterState(databases.owner, id);
}

test("a letter reaches the person it is for, in words without marks and in words with few", async () => {
  const id = await post();
  expect(await settled(id)).toEqual({ state: "sent", failure: null });
  const [arrived] = server.arrived;
  expect(arrived?.to).toEqual(["new@camp.example"]);
  expect(arrived?.raw).toContain(`Message-ID: <${id}@camp.example>`);
  expect(arrived?.raw).toContain("text/plain");
  expect(arrived?.raw).toContain("text/html");
});

test("while the mail server is out of order a letter waits, and then goes out once", async () => {
  server.refusals.push({ code: 451, text: "later" });
  const id = await post();
  expect(await settled(id)).toEqual({ state: "sent", failure: null });
  expect(server.arrived).toHaveLength(1);
});

test("an address that the mail server knows to be wrong is told, and nobody waits for it", async () => {
  server.refusals.push({ code: 550, text: "no such user" });
  expect(await settled(await post())).toEqual({ state: "failed", failure: "EENVELOPE 550" });
  expect(server.arrived).toEqual([]);
});

test("a letter that nobody needs any more is not sent", async () => {
  expect(await settled(await post(-1))).toEqual({ state: "failed", failure: "ELATE" });
  expect(server.arrived).toEqual([]);
});

test("what a letter says lies sealed while it waits and is gone when it has been sent", async () => {
  const undone = databases.asOwner(async (tx) => {
    const id = await postLetter({ ...tools, jobs }, tx, { letter, kind: "tests.letter", hours: 1 });
    const kept = await sql<{ row: string }>`select row_to_json(l)::text as row from letters l where id = ${id}`.execute(
      tx,
    );
    expect(kept.rows[0]?.row).not.toMatch(/camp\.example|Приглашение/);
    throw new Error("rolled back");
  });
  await expect(undone).rejects.toThrow("rolled back");
  const id = await post();
  await settled(id);
  const after = await sql<{ sealed: string | null }>`select sealed from letters where id = ${id}`.execute(
    databases.owner,
  );
  expect(after.rows).toEqual([{ sealed: null }]);
  expect(server.arrived).toHaveLength(1);
});

test("whatever a name holds, it is words in a letter and nothing else", () => {
  const name = `<img src=x onerror="alert(1)">`;
  const { html, text } = writeLetter({ ...letter, paragraphs: [name], rows: [{ label: name, value: "1" }] });
  expect(html).not.toContain("<img");
  expect(html).toContain("&lt;img");
  expect(text).toContain(name);
  expect(html).toContain("join?a=1&amp;b=2");
});

test("a subject with line breaks grows no headers", async () => {
  const subject = "Hello\r\nBcc: spy@evil.example\r\n\r\n<b>body</b>";
  await mailer.send({ ...letter, subject }, "1");
  expect(server.arrived[0]?.to).toEqual(["new@camp.example"]);
  const [headers = ""] = server.arrived[0]?.raw.split("\r\n\r\n") ?? [];
  expect(headers).toContain("Subject:");
  expect(headers).not.toMatch(/^Bcc:/m);
});

test("an address can name one person only", async () => {
  await mailer.send({ ...letter, to: "a@camp.example, spy@evil.example" }, "2").catch(() => undefined);
  expect(server.arrived.flatMap(({ to }) => to)).not.toContain("spy@evil.example");
});

test("without a mail server nothing is promised and nothing is sent", async () => {
  const none = openMailer({ smtpUrl: undefined, from: "" });
  expect(none.works).toBe(false);
  await expect(none.send(letter, "1")).rejects.toMatchObject({ code: "ENOSERVER" });
});
