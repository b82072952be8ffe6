import type { OpenAPI } from "@orpc/openapi";
import type { Route } from "@orpc/server";
import { type InstallPermission, type Permission, type VisitorPermission, visitorPermissions } from "./model.ts";

/** What the API's documents say of a procedure. */
export interface OperationDescription {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly [string, ...string[]];
  readonly status?: number;
  readonly permission: Permission | InstallPermission | VisitorPermission;
  /** The media type of an answer that is a file. */
  readonly file?: string;
}

const problem = (description: string): OpenAPI.ResponseObject => ({
  description,
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
});

function problems({ method, permission, path }: OperationDescription): Record<string, OpenAPI.ResponseObject> {
  const open = permission === "public" || permission === "hub.public";
  return {
    "400": problem("The request cannot be understood; `faults` names the fields"),
    ...(open ? {} : { "401": problem("Nobody is signed in, or the key does not work") }),
    ...(open ? {} : { "403": problem("Your role does not allow this") }),
    ...(path.includes("{") ? { "404": problem("There is no such thing, or it is not yours to see") } : {}),
    ...(method === "GET" ? {} : { "409": problem("It clashes with what is there, or with an earlier use of the key") }),
    "429": problem("Too many requests; `Retry-After` says how many seconds to wait"),
    "500": problem("A bug; `number` finds it in the log"),
  };
}

const idempotencyKey: OpenAPI.ParameterObject = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "Any text that is new for each write. A repeat within 24 hours gets the first answer and changes nothing.",
  schema: { type: "string", minLength: 1, maxLength: 200 },
};

function isVisitors(permission: OperationDescription["permission"]): permission is VisitorPermission {
  return visitorPermissions.some((each) => each === permission);
}

function securityOf(permission: OperationDescription["permission"]): OpenAPI.SecurityRequirementObject[] {
  if (permission === "public" || permission === "hub.public") return [];
  if (permission === "hub.member") return [{ member: [] }, { session: [] }];
  if (permission === "hub.reader") return [{}, { member: [] }, { session: [] }, { apiKey: [] }];
  return permission === "signed-in" || permission === "install.owner"
    ? [{ session: [] }]
    : [{ apiKey: [] }, { session: [] }];
}

function fileAnswer(file: string | undefined): Record<string, OpenAPI.ResponseObject> {
  if (file === undefined) return {};
  return { "200": { description: "The file", content: { [file]: { schema: { type: "string" } } } } };
}

/** The route of a procedure with everything the OpenAPI document tells of it. */
export function describeOperation(about: OperationDescription): Route {
  const { method, path, operationId, summary, description, tags, status, permission, file } = about;
  return {
    method,
    path,
    operationId,
    summary,
    tags: [...tags],
    ...(description === undefined ? {} : { description }),
    ...(status === undefined ? {} : { successStatus: status }),
    ...(file === undefined ? {} : { outputStructure: "detailed" }),
    spec: (current) => ({
      ...current,
      description: [description, `Permission: \`${permission}\`.`].filter((text) => text !== undefined).join("\n\n"),
      parameters: [
        ...(current.parameters ?? []),
        ...(method === "GET" || permission === "public" || isVisitors(permission) ? [] : [idempotencyKey]),
      ],
      responses: { ...current.responses, ...fileAnswer(file), ...problems(about) },
      security: securityOf(permission),
      "x-permission": permission,
    }),
  };
}
