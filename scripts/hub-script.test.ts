import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { scriptIn } from "#src/hub/site/script.ts";
import { bundleHubScript } from "./hub-script.ts";

/** What the issue allows the one script of the hub to weigh, packed. */
const MOST_BYTES = 20 * 1024;

test("the one script of the hub weighs at most 20 kB packed, its sentences among them, and asks no other machine for anything", async () => {
  const bundle = await bundleHubScript();
  for (const locale of ["en", "ru"] as const)
    expect(gzipSync(scriptIn(locale, bundle)).byteLength).toBeLessThan(MOST_BYTES);
  expect(bundle).not.toMatch(/\bimport\b|https?:\/\/\w/);
  expect(scriptIn("ru", bundle)).toContain('"few":"# новых ответа"');
});
