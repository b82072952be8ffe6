import { OpenAPIGenerator, type OpenAPI } from "@orpc/openapi";
import type { AnyRouter } from "@orpc/server";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { describeOperation } from "#src/accounts/operation.ts";
import type { RawRoute } from "#src/accounts/raw-route.ts";
import { API_PREFIX } from "./api-door.ts";

const problemSchema: OpenAPI.SchemaObject = {
  type: "object",
  description:
    "What went wrong, by RFC 9457. Decide by `code`; `title` and `detail` are in the language of the reader.",
  required: ["type", "status", "code", "title", "detail"],
  properties: {
    type: { type: "string", format: "uri", examples: ["urn:veche:problem:communities.slug-taken"] },
    status: { type: "integer", examples: [409] },
    code: { type: "string", examples: ["communities.slug-taken"] },
    title: { type: "string", examples: ["It clashes with what is there"] },
    detail: { type: "string", examples: ["The address `tea` is taken. Choose another one."] },
    details: { type: "object", additionalProperties: { type: ["string", "number"] } },
    faults: {
      type: "array",
      items: {
        type: "object",
        required: ["field", "code", "detail"],
        properties: { field: { type: "string" }, code: { type: "string" }, detail: { type: "string" } },
      },
    },
    number: { type: "string", description: "Finds a bug in the log" },
  },
};

const description = `Everything that people do in Veche is a procedure of this API; the console uses nothing else.

**Keys.** Make one in the settings of a community or with \`./veche api-key create\`, and send it as \`Authorization: Bearer\`.
A key opens one community with one role; every operation names the permission it takes.

**Lists** come in pages: \`limit\` at most 200, \`next\` of a page is \`after\` of the following one, and null on the last.

**Writes** may carry an \`Idempotency-Key\`: a repeat within 24 hours gets the first answer (\`Idempotency-Replayed: true\`).

**Errors** are problem details (RFC 9457) with a \`code\` that stays the same; texts follow \`Accept-Language\`.

**Limits.** 1200 requests a minute for each caller; \`Retry-After\` says how long to wait after that.`;

function rawOperation(route: RawRoute): OpenAPI.OperationObject {
  const { method, path, operationId, permission, summary, tags, maxBytes } = route;
  const bytes = { schema: { type: "string", format: "binary" } } as const;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const current: OpenAPI.OperationObject = {
    operationId,
    summary,
    tags: [...tags],
    parameters: names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    requestBody: {
      required: true,
      description: `At most ${maxBytes} bytes`,
      content: { "application/octet-stream": bytes },
    },
    responses: { "200": { description: "OK", content: { "application/json": { schema: { type: "object" } } } } },
  };
  const { spec } = describeOperation({ method, path, operationId, permission, summary, tags });
  return typeof spec === "function" ? spec(current) : current;
}

/** The OpenAPI 3.1 document of every procedure and raw route. */
export async function describeApi(
  router: AnyRouter,
  rawRoutes: readonly RawRoute[],
  version: string,
): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(router, {
    info: { title: "Veche", version, description, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: API_PREFIX }],
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key of a community" },
        session: { type: "apiKey", in: "cookie", name: "veche_session", description: "Set by signing in" },
      },
    },
  });
  for (const route of rawRoutes) {
    const verb = route.method === "PUT" ? "put" : "post";
    document.paths = {
      ...document.paths,
      [route.path]: { ...document.paths?.[route.path], [verb]: rawOperation(route) },
    };
  }
  return document;
}
