import { expect, test } from "vitest";
import { m } from "#words";
import { platforms } from "../all.ts";

const told = platforms.flatMap(({ name, capabilities }) =>
  Object.entries(capabilities).map(([what, capability]) => ({ name, what, capability })),
);

test("whatever a platform does not simply allow says why, in words of both languages", () => {
  const words = Object.keys(m);
  const notes = told.flatMap(({ capability }) =>
    "note" in capability && capability.note !== undefined ? [capability.note] : [],
  );
  const wanted = [...new Set(notes)].map((note) => `platforms_note_${note.replaceAll("-", "_")}`);
  expect(words).toEqual(expect.arrayContaining(wanted));
  const said = words.filter((word) => word.startsWith("platforms_note_"));
  expect(said.toSorted()).toEqual(wanted.toSorted());
});

test("every statement about a platform names its evidence and the day it was looked at", () => {
  const dates = told.flatMap(({ capability }) =>
    capability.support === "unverified" ? [] : [capability.evidence.checked],
  );
  expect(dates.length).toBeGreaterThan(80);
  for (const date of dates) expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
});
