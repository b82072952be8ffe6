import { expect, test } from "vitest";
import { m } from "#words";
import { BadSetting } from "./config.ts";
import { Refusal } from "./refusal.ts";
import { explainStartFailure } from "./start-failure.ts";

const attempt = { databaseUrl: "postgres://anna:secret@db.example:5432/camp", dataDir: "/srv/veche/data", port: 3000 };

function coded(code: string, more: object = {}): Error {
  return Object.assign(new Error(`native text of ${code}`), { code }, more);
}

test.each([
  ["a taken port", coded("EADDRINUSE", { syscall: "listen" }), "base.port-taken"],
  ["a port below 1024", coded("EACCES", { syscall: "listen" }), "base.port-forbidden"],
  ["a full disk", coded("ENOSPC"), "base.disk-full"],
  ["a full disk of the database server", coded("53100"), "base.disk-full"],
  ["a folder one may not write to", coded("EACCES", { syscall: "mkdir" }), "base.no-rights-to-folder"],
  ["a database that does not answer", coded("ECONNREFUSED"), "base.database-unreachable"],
  ["a host that does not exist", coded("ENOTFOUND"), "base.database-unreachable"],
  ["a wrong password", coded("28P01"), "base.database-closed"],
  ["a database that does not exist", coded("3D000"), "base.database-missing"],
  ["a user without rights", coded("42501"), "base.database-rights"],
  [
    "a database of a newer Veche",
    new Error("corrupted migrations: previously executed migration 0999-later is missing"),
    "base.other-schema",
  ],
  ["an address that is none", coded("ERR_INVALID_URL"), "base.bad-database-url"],
  ["a port that is no number", new BadSetting("PORT", "must be a number"), "base.bad-port"],
  ["a setting that is none", new BadSetting("VECHE_NEW", "must be new"), "base.bad-setting"],
])("%s has its sentence", (_, error, code) => {
  expect(explainStartFailure(error, attempt)?.code).toBe(code);
});

test("the sentence names the host and the database, and never the password", () => {
  const refusal = explainStartFailure(coded("3D000"), attempt);
  expect(refusal?.details).toMatchObject({ host: "db.example:5432", database: "camp", user: "anna" });
  expect(JSON.stringify(refusal?.details)).not.toContain("secret");
});

test("what was refused already keeps its reason", () => {
  const refusal = new Refusal("unavailable", "base.no-system-user");
  expect(explainStartFailure(refusal, attempt)).toBe(refusal);
});

test("a bug is not dressed up as something a person could mend", () => {
  expect(explainStartFailure(new TypeError("undefined is not a function"), attempt)).toBeUndefined();
  expect(explainStartFailure("a string", attempt)).toBeUndefined();
});

test("the sentences exist in both languages", () => {
  const taken = { port: "3000" };
  expect(m.refusal_base_port_taken(taken, { locale: "en" })).toContain("port 3000");
  expect(m.refusal_base_port_taken(taken, { locale: "ru" })).toContain("Порт 3000");
});
