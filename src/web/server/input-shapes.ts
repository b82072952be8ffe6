import type { AnyRouter } from "@orpc/server";
import type { StandardHandlerOptions, StandardHandlerPlugin } from "@orpc/server/standard";
import { z } from "zod";
import type { Call } from "#src/accounts/call.ts";

function isList(schema: unknown): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return isList(schema.unwrap());
  }
  return schema instanceof z.ZodArray;
}

/** The names of an input's fields that hold lists. */
function listsOf(schema: unknown): readonly string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, field]) => (isList(field) ? [name] : []));
}

/**
 * What the network cannot say: in an address a list of one looks like a single value (`?spaces=a`) and becomes a list
 * where the schema wants one; a request without a body has no fields.
 */
export class InputShapes implements StandardHandlerPlugin<Call> {
  // After the plugin that reads numbers, and so called before it: each puts itself in front of those before.
  order = 1;
  readonly #lists = new WeakMap<object, readonly string[]>();

  init(options: StandardHandlerOptions<Call>, _router: AnyRouter): void {
    options.clientInterceptors ??= [];
    options.clientInterceptors.unshift((call) => {
      const schema = call.procedure["~orpc"].inputSchema;
      return call.next({ ...call, input: schema === undefined ? call.input : this.#wrap(schema, call.input ?? {}) });
    });
  }

  #wrap(schema: object, input: unknown): unknown {
    const lists = this.#lists.get(schema) ?? listsOf(schema);
    this.#lists.set(schema, lists);
    if (lists.length === 0 || typeof input !== "object" || input === null) return input;
    const single = Object.entries(input).filter(([name, value]) => typeof value === "string" && lists.includes(name));
    return { ...input, ...Object.fromEntries(single.map(([name, value]) => [name, [value]])) };
  }
}
