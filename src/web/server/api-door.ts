import { SmartCoercionPlugin } from "@orpc/json-schema";
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import type { AnyRouter } from "@orpc/server";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import type { Call } from "#src/accounts/call.ts";
import { Broken } from "#src/accounts/procedure.ts";
import { newId } from "#src/base/ids.ts";
import { logger } from "#src/base/logger.ts";
import { Refusal } from "#src/base/refusal.ts";
import { InputShapes } from "./input-shapes.ts";

/** Where the procedures live. */
export const API_PREFIX = "/api/v1";

/** A bug outside any procedure: logged, and told by its number. */
export function brokenBy(error: unknown, requestId: string): Broken {
  const number = newId(Date.now()).slice(-8).toUpperCase();
  logger.error({ number, request: requestId, err: error }, "something broke");
  return new Broken(number);
}

/** Answers a request by the procedure whose address it names; undefined when there is none. Throws refusals and bugs. */
export type ApiDoor = (request: Request, call: Call) => Promise<Response | undefined>;

/** How far a call got, and why it failed. */
interface Course {
  called: boolean;
  failure: unknown;
}

function told({ called, failure }: Course, call: Call): Refusal | Broken {
  if (failure instanceof Refusal || failure instanceof Broken) return failure;
  return called ? brokenBy(failure, call.requestId) : new Refusal("invalid", "request.unreadable");
}

/** Opens the REST door to all procedures. */
export function openApi(router: AnyRouter): ApiDoor {
  const courses = new WeakMap<object, Course>();
  const handler = new OpenAPIHandler<Call>(router, {
    plugins: [new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] }), new InputShapes()],
    interceptors: [
      async (request) => {
        try {
          return await request.next();
        } catch (failure) {
          const course = courses.get(request.context);
          if (course !== undefined) course.failure = failure;
          throw failure;
        }
      },
    ],
    clientInterceptors: [
      (call) => {
        const course = courses.get(call.context);
        if (course !== undefined) course.called = true;
        return call.next();
      },
    ],
  });
  return async (request, context) => {
    const course: Course = { called: false, failure: undefined };
    courses.set(context, course);
    const { matched, response } = await handler.handle(request, { prefix: API_PREFIX, context });
    if (course.failure !== undefined) throw told(course, context);
    return matched ? response : undefined;
  };
}
