import { POSTGRES_EPOCH } from "./binary-rows.ts";

/** Reads cells one after another as `BinaryRows` wrote them; each is undefined where there is nothing. */
export interface CellReader {
  skip(cells: number): void;
  text(): string | undefined;
  json(): unknown;
  /** In milliseconds since 1970 UTC. */
  instant(): number | undefined;
  isTrue(): boolean;
}

/** Reads the cells of one row. */
export function cellReader(cells: Uint8Array): CellReader {
  const bytes = Buffer.from(cells.buffer, cells.byteOffset, cells.byteLength);
  let at = 0;
  const next = (): Buffer | undefined => {
    const length = bytes.readInt32BE(at);
    at += 4 + Math.max(0, length);
    return length < 0 ? undefined : bytes.subarray(at - length, at);
  };
  return {
    skip: (count) => {
      for (let i = 0; i < count; i += 1) next();
    },
    text: () => next()?.toString("utf8"),
    // Behind the version of the format.
    json: () => {
      const cell = next();
      const value: unknown = cell === undefined ? undefined : JSON.parse(cell.toString("utf8", 1));
      return value;
    },
    instant: () => {
      const cell = next();
      if (cell === undefined) return undefined;
      return POSTGRES_EPOCH + (cell.readInt32BE(0) * 2 ** 32 + cell.readUInt32BE(4)) / 1000;
    },
    isTrue: () => next()?.[0] === 1,
  };
}
