import { HEADER_FIELD_BYTES, HEADER_FIELDS } from "./limits.ts";

/** Small fields that stand around the messages: a chat's name, type, id. Numbers too large to be exact are strings. */
export type Header = Readonly<Record<string, string | number | boolean | null>>;

/** A container on the way to the elements. It is plain JSON, because a resume point carries it. */
export interface Frame {
  readonly array: boolean;
  /** The elements of this array are what the reader wants. */
  readonly wanted: boolean;
  /** The keys that lead here, "*" for an array's member. */
  readonly path: readonly string[];
  header: Record<string, string | number | boolean | null>;
  /** In an object: the key whose value comes next. */
  key?: string;
  /** In a wanted array: how many elements were seen. */
  count: number;
}

/** Which arrays are wanted, by the keys that lead to them; "*" stands for any member of an array. */
export class Wanted {
  readonly #arrays: Set<string>;
  readonly #ways: Set<string>;

  constructor(paths: readonly (readonly string[])[]) {
    this.#arrays = new Set(paths.map((path) => JSON.stringify(path)));
    this.#ways = new Set(paths.flatMap((path) => path.map((_, length) => JSON.stringify(path.slice(0, length)))));
  }

  /** The frame to open for a container at that path, or undefined when nothing wanted lies in it. */
  frame(path: readonly string[], array: boolean): Frame | undefined {
    const name = JSON.stringify(path);
    const wanted = array && this.#arrays.has(name);
    if (!wanted && !this.#ways.has(name)) return undefined;
    return { array, wanted, path, header: {}, count: 0 };
  }
}

/** The path of the value that comes next in a frame. */
export function pathIn(frame: Frame | undefined): readonly string[] {
  if (frame === undefined) return [];
  return [...frame.path, frame.array ? "*" : (frame.key ?? "")];
}

/** A small scalar as a header field; undefined for what is too long or broken. */
export function headerValue(text: string): string | number | boolean | null | undefined {
  if (text.length > HEADER_FIELD_BYTES) return undefined;
  if (/^-?\d{16,}$/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "\uFFFD");
    return typeof value === "number" || typeof value === "boolean" || value === null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Notes a header field, as long as there is room for it. */
export function noteHeader(frame: Frame, key: string, text: string): void {
  const value = headerValue(text);
  if (value !== undefined && Object.keys(frame.header).length < HEADER_FIELDS) frame.header[key] = value;
}
