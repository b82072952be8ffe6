import { expect, test } from "vitest";
import { openLimits } from "./limits.ts";

test("the eleventh try at one password in a quarter of an hour is told how long to wait", () => {
  let now = 0;
  const limits = openLimits(() => now);
  for (let i = 0; i < 10; i += 1) limits.take("sign-in.account", "anna");
  expect(() => limits.take("sign-in.account", "anna")).toThrow(
    expect.objectContaining({ kind: "too-many", details: { seconds: 90 } }),
  );
  limits.take("sign-in.account", "boris");
  now = 90_000;
  limits.take("sign-in.account", "anna");
  expect(() => limits.take("sign-in.account", "anna")).toThrow("request.too-many");
});
