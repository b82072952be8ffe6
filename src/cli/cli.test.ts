import { expect, test, vi } from "vitest";
import { inLocale } from "#src/base/locale.ts";
import { Refusal } from "#src/base/refusal.ts";
import { terminalLanguage } from "./language.ts";
import { readMapping } from "./mapping.ts";
import { commandLine } from "./program.ts";
import { progressBar, progressLine, writeBytes } from "./progress.ts";
import { reportFailure } from "./run.ts";
import { sentenceOf } from "./say.ts";

const attempt = { databaseUrl: undefined, dataDir: "/srv/data", port: 3000 };

test("a terminal set to Russian is spoken to in Russian, any other in English", () => {
  expect(terminalLanguage({ LANG: "ru_RU.UTF-8" })).toBe("ru");
  expect(terminalLanguage({ LC_ALL: "en_US.UTF-8", LANG: "ru_RU.UTF-8" })).toBe("en");
  expect(terminalLanguage({ LC_ALL: "", LANG: "ru" })).toBe("ru");
  expect(terminalLanguage({ LANG: "de_DE.UTF-8" })).toBe("en");
  expect(terminalLanguage({})).toBe("en");
});

test("the fields of a file are mapped as typed, and a typing error is named", () => {
  expect(readMapping("space=room, sentAt=ts")).toEqual({ space: "room", sentAt: "ts" });
  expect(readMapping("text=a=b")).toEqual({ text: "a=b" });
  for (const wrong of ["space", "space=", "=room", ""]) expect(() => readMapping(wrong)).toThrow(Refusal);
});

test("a refusal is told in the language of the terminal", () => {
  const refusal = new Refusal("not-found", "cli.no-community", { slug: "camp" });
  expect(inLocale("en", () => sentenceOf(refusal))).toContain("There is no community camp");
  expect(inLocale("ru", () => sentenceOf(refusal))).toContain("Сообщества camp нет");
  expect(sentenceOf(new Refusal("invalid", "nobody.knows-this"))).toBe("nobody.knows-this");
});

test("exit codes tell a refusal from trouble with the machine and from a bug", () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(reportFailure(new Refusal("not-found", "cli.no-community", { slug: "camp" }), attempt, true)).toBe(3);
  expect(reportFailure(Object.assign(new Error("full"), { code: "ENOSPC" }), attempt, true)).toBe(1);
  expect(reportFailure(new TypeError("bug"), attempt, false)).toBe(1);
});

test("a progress bar never runs past its end or past the terminal", () => {
  expect(progressLine(0.5, "half", 200)).toContain(" 50 %  half");
  expect(progressLine(7, "", 200)).toContain("100 %");
  expect(progressLine(Number.NaN, "", 200)).toContain("  0 %");
  expect(progressLine(0.1, "a long text", 20)).toHaveLength(20);
});

test("where nobody watches, a progress bar is silent", () => {
  const written: string[] = [];
  // Only what the bar uses of a stream.
  const pipe = { isTTY: false, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  progressBar(pipe).update(1, 2, "text");
  progressBar(pipe).end();
  expect(written).toEqual([]);
});

test("sizes are written the way people say them", () => {
  expect(writeBytes(0, "en")).toBe("0 B");
  expect(writeBytes(1_400_000, "en")).toBe("1.4 MB");
  expect(writeBytes(1_400_000, "ru")).toBe("1,4 МБ");
});

test("every command has its help, and most speak JSON", () => {
  const names = commandLine().commands.map((command) => command.name());
  expect(names).toEqual(expect.arrayContaining(["migrate", "api-key", "doctor", "bench"]));
  for (const command of commandLine().commands)
    expect(command.helpInformation()).toContain(command.description().slice(0, 20));
});
