import { isProcedure } from "@orpc/server";
import { expect, test } from "vitest";
import { m } from "#words";
import { deedKey } from "#src/accounts/pages/console/deed-name.ts";
import { router } from "#src/app-router.ts";
import { readerName } from "#src/communities/pages/console/log-words.ts";
import { consumers } from "#src/consumers.ts";

/** Operations that change something, from the router itself. */
function changes(part: unknown): string[] {
  if (isProcedure(part)) {
    const { route } = part["~orpc"];
    return route.method === "GET" ? [] : [route.operationId ?? ""];
  }
  return typeof part === "object" && part !== null ? Object.values(part).flatMap(changes) : [];
}

test("everything that can be done has a sentence for the audit log", () => {
  expect(changes(router).length).toBeGreaterThan(15);
  expect(changes(router).filter((operation) => !(deedKey(operation) in m))).toEqual([]);
});

test("every part of Veche that reads the log goes by a name in words on its page", () => {
  expect(consumers.map(({ name }) => name).filter((name) => readerName(name) === name)).toEqual([]);
});
