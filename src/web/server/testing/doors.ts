import { isProcedure } from "@orpc/server";
import type { InstallPermission, Permission, VisitorPermission } from "#src/accounts/model.ts";

/** A procedure or raw route, as tests that walk all of them see it. */
export interface Door {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly permission: Permission | InstallPermission | VisitorPermission;
}

function isNested(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Walks the router itself, not a list somebody could forget to extend. */
export function doorsOf(part: unknown): Door[] {
  if (isProcedure(part)) {
    const { route } = part["~orpc"];
    const meta: unknown = part["~orpc"].meta;
    // Every procedure is made by the builder, which puts its permission there.
    const { permission } = meta as { permission: Permission };
    return [{ operationId: route.operationId ?? "", method: route.method ?? "", path: route.path ?? "", permission }];
  }
  return isNested(part) ? Object.values(part).flatMap(doorsOf) : [];
}
