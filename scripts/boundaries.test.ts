import { join } from "node:path";
import { expect, test } from "vitest";
import { boundaryFaults, readSources } from "./boundaries.ts";

/** The faults of a tiny house with this one file in it. */
function faultsOf(path: string, text = ""): string {
  return boundaryFaults(new Map([[path, text]])).join("\n");
}

test("a clean feature has no faults", () => {
  const text = `import { z } from "zod";\nimport type { Tx } from "#src/base/database.ts";\nimport { append } from "#src/log/append.ts";\nimport { roleOf } from "#src/accounts/queries.ts";\nimport { find } from "./store.ts";\n`;
  expect(faultsOf("members/actions.ts", text)).toBe("");
});

test("a folder that imports from above is told so", () => {
  expect(faultsOf("members/actions.ts", `import { audit } from "#src/analytics/queries.ts";`)).toContain(
    "which is above it",
  );
  expect(faultsOf("base/ids.ts", `import { append } from "#src/log/append.ts";`)).toContain("which is above it");
});

test("siblings may not call each other", () => {
  expect(faultsOf("imports/actions.ts", `import { hold } from "#src/moderation/actions.ts";`)).toContain(
    "which is beside it",
  );
});

test("another feature's store is private, even when it is imported late or passed on", () => {
  expect(faultsOf("analytics/queries.ts", `import { rows } from "#src/members/store.ts";`)).toContain("is private");
  expect(faultsOf("analytics/queries.ts", `const store = await import("#src/members/store.ts");`)).toContain(
    "is private",
  );
  expect(faultsOf("analytics/queries.ts", `export { rows } from "#src/members/store.ts";`)).toContain("is private");
});

test("across folders the way is written from the root", () => {
  expect(faultsOf("members/actions.ts", `import { newId } from "../base/ids.ts";`)).toContain("it is #src/base/ids.ts");
});

test("server code does not slip into a page", () => {
  const page = "members/pages/console/list.tsx";
  expect(faultsOf(page, `import { find } from "../../store.ts";`)).toContain("a page takes only");
  expect(faultsOf(page, `import { openDatabases } from "#src/base/database.ts";`)).toContain("a page takes only");
  expect(faultsOf(page, `import { readFileSync } from "node:fs";`)).toContain("which no browser has");
  const fine = `import type { Row } from "../../store.ts";\nimport { limits } from "../../model.ts";\nimport { Page } from "#src/web/kit/page.tsx";\nimport { m } from "#words";`;
  expect(faultsOf(page, fine)).toBe("");
});

test("a feature's folder holds the known names only", () => {
  expect(faultsOf("members/service.ts")).toContain(`no place for "service.ts"`);
  expect(faultsOf("members/lib/names.ts")).toContain(`no place for "lib"`);
  expect(faultsOf("analytics/metrics/stickiness.ts")).toBe("");
});

test("names that could hold anything, and folders of no level, are refused", () => {
  expect(faultsOf("base/utils.ts")).toContain("says nothing");
  expect(faultsOf("web/index.ts")).toContain("says nothing");
  expect(faultsOf("plumbing/pipe.ts")).toContain("no known folder");
});

test("only the wiring of the app takes features whole", () => {
  const text = `import { members } from "#src/members/feature.ts";`;
  expect(faultsOf("features.ts", text)).toBe("");
  expect(faultsOf("cli/main.ts", text)).toContain("is private");
});

test("a circle is found and shown whole, but types alone make none", () => {
  const circle = (kind: string) =>
    boundaryFaults(
      new Map([
        ["base/hen.ts", `import { egg } from "./egg.ts";`],
        ["base/egg.ts", `import ${kind}{ hen } from "./hen.ts";`],
      ]),
    );
  expect(circle("")).toEqual(["base/hen.ts: imports itself in a circle: base/hen.ts → base/egg.ts → base/hen.ts"]);
  expect(circle("type ")).toEqual([]);
});

test("the house itself is read", () => {
  const sources = readSources(join(import.meta.dirname, "..", "src"));
  expect(sources.has("base/database.ts")).toBe(true);
});
