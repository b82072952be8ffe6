import type { z } from "zod";
import { Refusal } from "#src/base/refusal.ts";

/** One field that cannot be taken as it is. */
export interface FieldFault {
  /** Where: `name`, `spaces.2`; empty for the request as a whole. */
  readonly field: string;
  /** What is wrong, as a key of words: `request_fault_<kind>`. */
  readonly kind: "missing" | "type" | "short" | "long" | "small" | "large" | "format" | "choice" | "unknown" | "other";
  /** The bound that was crossed or the choices there are. */
  readonly wanted: string;
}

/** The request cannot be understood; every fault of it is named. */
export class InvalidRequest extends Refusal {
  readonly faults: readonly FieldFault[];

  constructor(faults: readonly FieldFault[]) {
    super("invalid", "request.invalid", { fields: faults.map((fault) => fault.field || "request").join(", ") });
    this.faults = faults;
  }
}

/** Deeper nesting than any input of ours has, and far below what overflows a stack (measured: 20,000 levels do). */
const MAX_DEPTH = 32;

function isPlain(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/**
 * Names the first part of an input that PostgreSQL could not store: a NUL or half of a character. Does not recurse, so
 * that absurd depth is a fault as well and not a crash.
 */
export function hostilePart(input: unknown): FieldFault | undefined {
  const open: { value: unknown; field: string; depth: number }[] = [{ value: input, field: "", depth: 0 }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { value, field, depth } = part;
    if (depth > MAX_DEPTH) return { field, kind: "other", wanted: "" };
    if (typeof value === "string" && !isPlain(value)) return { field, kind: "format", wanted: "text" };
    if (typeof value !== "object" || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      const name = field === "" ? key : `${field}.${key}`;
      if (!isPlain(key)) return { field, kind: "format", wanted: "text" };
      open.push({ value: child, field: name, depth: depth + 1 });
    }
  }
  return undefined;
}

function sizeFault(issue: { code: "too_small" | "too_big"; origin: string }): FieldFault["kind"] {
  const isLength = issue.origin === "string" || issue.origin === "array";
  if (issue.code === "too_small") return isLength ? "short" : "small";
  return isLength ? "long" : "large";
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.message.endsWith("received undefined");
}

function faultOf(issue: z.core.$ZodIssue): FieldFault {
  const field = issue.path.map(String).join(".");
  switch (issue.code) {
    case "invalid_type":
      return { field, kind: isMissing(issue) ? "missing" : "type", wanted: issue.expected };
    case "too_small":
      return { field, kind: sizeFault(issue), wanted: String(issue.minimum) };
    case "too_big":
      return { field, kind: sizeFault(issue), wanted: String(issue.maximum) };
    case "invalid_format":
      return { field, kind: "format", wanted: issue.format };
    case "invalid_value":
      return { field, kind: "choice", wanted: issue.values.map(String).join(", ") };
    case "unrecognized_keys":
      return { field: issue.keys.join(", "), kind: "unknown", wanted: "" };
    case "custom":
      return { field, kind: "format", wanted: issue.message };
    case "not_multiple_of":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
      return { field, kind: "other", wanted: "" };
  }
}

/** The refusal that names everything zod found wrong. */
export function invalidRequest(issues: readonly z.core.$ZodIssue[]): InvalidRequest {
  return new InvalidRequest(issues.map(faultOf));
}
