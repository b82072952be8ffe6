import { isProcedure } from "@orpc/server";
import { expect, test } from "vitest";
import { platforms } from "#src/platforms/all.ts";
import type { CapabilityName } from "#src/platforms/platform.ts";
import { hubApi } from "./api.ts";

const hub = platforms.find(({ name }) => name === "hub");
const support = (name: CapabilityName) => hub?.capabilities[name].support;

function operations(part: unknown): string[] {
  if (isProcedure(part)) return [part["~orpc"].route.operationId ?? ""];
  return typeof part === "object" && part !== null ? Object.values(part).flatMap(operations) : [];
}

/** The operation by which each of these would be done. */
const done: Partial<Record<CapabilityName, RegExp>> = {
  send: /^createHubPost$/,
  edit: /^changeHubPost$/,
  pin: /^arrangeHubTopic$/,
  topics: /^createHubTopic$/,
  polls: /poll|vote/i,
  "direct-messages": /direct|private|letter/i,
  delete: /^deleteHubPost$/,
  mute: /mute|silence/i,
  ban: /Ban|Block|Expel/,
  "sign-in": /^signInToHub$/,
};

test("the page of platforms says of our own hub that it can do something only when there is a way to do it", () => {
  const all = operations(hubApi);
  expect(all.length).toBeGreaterThan(25);
  for (const [name, operation] of Object.entries(done)) {
    const claimed = support(name as CapabilityName) !== "no";
    expect([name, claimed]).toEqual([name, all.some((each) => operation.test(each))]);
  }
});
