import type { CommunityCall } from "./call.ts";
import type { Permission } from "./model.ts";

/** What a raw route is handed. */
export interface RawCall {
  readonly context: CommunityCall;
  /** The fields in braces of the path, without `community`. */
  readonly fields: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The bytes as they come; read them to the end or cancel them. */
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * A door for bytes that must not be held in memory, such as an uploaded file; everything else is a procedure. The caller
 * has been checked like a procedure's, refusals are told the same way, and what `answer` returns is sent as JSON.
 */
export interface RawRoute {
  readonly method: "PUT" | "POST";
  /** Below `/api/v1`. */
  readonly path: `/communities/{community}/${string}`;
  readonly operationId: string;
  readonly permission: Permission;
  readonly summary: string;
  readonly tags: readonly [string, ...string[]];
  /** More bytes than this are refused; clients send a larger file in pieces. */
  readonly maxBytes: number;
  /** A piece of something whose beginning is written down already: it leaves no entry of its own. */
  readonly isPiece?: true;
  readonly answer: (call: RawCall) => Promise<object>;
}
