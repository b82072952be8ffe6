import type { OpenAPI } from "@orpc/openapi";
import fc from "fast-check";
import { router } from "#src/app-router.ts";
import type { RawRoute } from "#src/accounts/raw-route.ts";
import { describeApi } from "../openapi.ts";

/** What requests of a test may name: a community, and ids that lie about. */
export interface Setting {
  readonly slug: string;
  readonly ids: readonly string[];
  /** Every id is one of these; otherwise half of them are of nothing at all. */
  readonly noOtherIds?: boolean;
}

function isSchema(schema: unknown): schema is OpenAPI.SchemaObject & object {
  return typeof schema === "object" && schema !== null;
}

/** Values that a schema takes, more or less: what a careless or curious program would send. */
function valueOf(schema: unknown, setting: Setting): fc.Arbitrary<unknown> {
  const { ids, noOtherIds = false } = setting;
  if (!isSchema(schema)) return fc.anything();
  const { type, enum: choices, format, anyOf, minimum, maximum } = schema;
  if (choices !== undefined) return fc.constantFrom(...(choices as unknown[]));
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((each) => valueOf(each, setting)));
  if (type === "array")
    return fc.array("items" in schema ? valueOf(schema.items, setting) : fc.string(), { maxLength: 4 });
  if (type === "boolean") return fc.boolean();
  if (type === "integer") return fc.integer({ min: Math.max(minimum ?? -9, -1e6), max: Math.min(maximum ?? 1e6, 1e6) });
  if (type === "number") return fc.double();
  if (type === "object") return fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 });
  if (format === "uuid") return noOtherIds ? fc.constantFrom(...ids) : fc.oneof(fc.constantFrom(...ids), fc.uuid());
  if (format === "date") return fc.constantFrom("2026-01-01", "2026-01-10", "2026-01-20", "1970-01-01", "2099-12-31");
  if (format === "email") return fc.emailAddress();
  return fc.oneof(fc.constantFrom("tea", "figures", "day", "2026-01-05", ...ids), fc.string({ maxLength: 30 }));
}

/** One thing that an operation takes. */
export interface Field {
  readonly name: string;
  readonly place: "path" | "query" | "body";
  readonly value: fc.Arbitrary<unknown>;
  readonly required: boolean;
}

/** Everything that an operation takes, with values a program could send. */
export function fieldsOf(operation: OpenAPI.OperationObject, setting: Setting): Field[] {
  const parameters = (operation.parameters ?? []).flatMap((each) =>
    "in" in each && each.in !== "header" ? [each] : [],
  );
  const body = operation.requestBody;
  const schema = body !== undefined && "content" in body ? body.content["application/json"]?.schema : undefined;
  const inBody = isSchema(schema) ? Object.entries(schema.properties ?? {}) : [];
  return [
    ...parameters.map(({ name, in: place, schema: shape, required = false }): Field => {
      const value = name === "community" ? fc.constantFrom(setting.slug) : valueOf(shape, setting);
      return { name, place: place === "path" ? "path" : "query", value, required };
    }),
    ...inBody.map(([name, shape]): Field => {
      return {
        name,
        place: "body",
        value: valueOf(shape, setting),
        required: (isSchema(schema) && schema.required?.includes(name)) ?? false,
      };
    }),
  ];
}

/** One request as a careful program would send it: what must be there is, what may be there sometimes is. */
export function saneRequestOf(fields: readonly Field[]): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(
    Object.fromEntries(
      fields.map(({ name, value, required }) => [name, required ? value : fc.option(value, { nil: undefined })]),
    ),
  );
}

function textFor(value: unknown): string {
  return typeof value === "string" ? value.toWellFormed() : (JSON.stringify(value) ?? "");
}

/** The address of a request with these values. */
export function addressOf(path: string, fields: readonly Field[], values: Record<string, unknown>): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textFor(values[name])) || "%20");
  const query = new URLSearchParams();
  for (const { name, place } of fields) {
    const value = values[name];
    if (place !== "query" || value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) query.append(name, textFor(each));
  }
  return `${filled}?${query.toString()}`;
}

/** What of the values belongs into the body; undefined when the operation takes none. */
export function bodyOf(fields: readonly Field[], values: Record<string, unknown>): object | undefined {
  const inBody = fields.filter((field) => field.place === "body");
  if (inBody.length === 0) return undefined;
  const body: Record<string, unknown> = {};
  for (const { name } of inBody) if (values[name] !== undefined) body[name] = values[name];
  return body;
}

const verbs = ["get", "post", "put", "patch", "delete"] as const;

/** One operation as the API's own document describes it. */
export interface Operation {
  readonly name: string;
  readonly path: string;
  readonly verb: (typeof verbs)[number];
  readonly operation: OpenAPI.OperationObject;
}

/** Every operation there is, read from the document of the API and so from the router. */
export async function operationsOf(rawRoutes: readonly RawRoute[]): Promise<Operation[]> {
  const document = await describeApi(router, rawRoutes, "0.0.0");
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    verbs.flatMap((verb) => {
      const operation = item?.[verb];
      return operation === undefined ? [] : [{ name: operation.operationId ?? "", path, verb, operation }];
    }),
  );
}
