import { isRouteErrorResponse } from "react-router";

/** What an error page is told: a sentence for expected trouble, a number for a bug. */
export interface PageFault {
  /** HTTP status; 500 for anything unexpected. */
  status: number;
  sentence?: string | undefined;
  number?: string | undefined;
}

/** Reads what a route threw, as it arrives at an error page on either side of the wire. */
export function readPageFault(error: unknown): PageFault {
  if (!isRouteErrorResponse(error)) return { status: 500 };
  const told: unknown = error.data;
  if (typeof told !== "object" || told === null) return { status: error.status };
  return {
    status: error.status,
    sentence: "sentence" in told ? String(told.sentence) : undefined,
    number: "number" in told ? String(told.number) : undefined,
  };
}
