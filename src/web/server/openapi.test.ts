import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { router } from "#src/app-router.ts";
import { features } from "#src/features.ts";
import { m } from "#words";
import { describeApi } from "./openapi.ts";
import { referencePage } from "./reference.ts";

const document = await describeApi(
  router,
  features.flatMap((feature) => feature.rawRoutes),
  "0.0.0",
);
const operations = Object.values(document.paths ?? {}).flatMap((item) =>
  [item?.get, item?.post, item?.put, item?.patch, item?.delete].filter((part) => part !== undefined),
);

test("the document is valid by the official schema of OpenAPI 3.1", async () => {
  const validator = new Validator();
  const result = await validator.validate(JSON.parse(JSON.stringify(document)) as Record<string, unknown>);
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(validator.version).toBe("3.1");
});

test("every operation says who may use it, how it fails and what it is called", () => {
  expect(operations.length).toBeGreaterThan(30);
  for (const operation of operations) {
    expect(operation).toMatchObject({
      operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
      summary: expect.stringMatching(/^[A-Z].*[^.]$/),
      tags: [expect.any(String)],
      "x-permission": expect.any(String),
      responses: { "400": expect.anything(), "429": expect.anything(), "500": expect.anything() },
    });
  }
});

test("no part of the document was left empty because a schema could not be written down", () => {
  expect(JSON.stringify(document)).not.toContain('"not":{}');
});

test.each(["en", "ru"] as const)("the reference for people names every operation (%s)", (locale) => {
  const page = referencePage(document, { address: "http://localhost:3000", locale, nonce: "n" });
  for (const operation of operations) expect(page).toContain(`id="${String(operation.operationId)}"`);
  expect(page).toContain(m.web_reference_lead({}, { locale }).slice(0, 20));
  expect(page).not.toMatch(/<script|https?:\/\/(?!localhost)/);
});
