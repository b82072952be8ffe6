import { parseLocal } from "#src/base/clock.ts";

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const WITH_ZONE =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})$/i;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4}),? (\d{1,2}):(\d{2})(:\d{2})?$/;

/** Unix time up to here is in seconds (the year 5138), up to the next in milliseconds, beyond in microseconds. */
const SECONDS_BELOW = 1e11;
const MILLISECONDS_BELOW = 1e14;

function fromNumber(number: number): number | undefined {
  if (!Number.isFinite(number)) return undefined;
  const size = Math.abs(number);
  if (size < SECONDS_BELOW) return Math.floor(number * 1000);
  return Math.floor(size < MILLISECONDS_BELOW ? number : number / 1000);
}

function zoned(date: string, time: string, zone: string): number | undefined {
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.replace(":", "").slice(3) || "00"}` : "Z";
  const at = Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(at) ? undefined : at;
}

/** Whether a written time needs a time zone to be understood. */
export function isLocalTime(value: unknown): boolean {
  if (typeof value !== "string") return false;
  const text = value.trim();
  return text !== "" && !NUMBER.test(text) && !WITH_ZONE.test(text);
}

/**
 * The instant of a written time: Unix time in seconds, milliseconds or microseconds, as number or text; ISO 8601 with or
 * without a zone; `31.01.2026 12:00`. What has no zone is local in `timeZone`. Undefined for anything else.
 */
export function instantOf(value: unknown, timeZone: string): number | undefined {
  if (typeof value === "number") return fromNumber(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (NUMBER.test(text)) return fromNumber(Number(text));
  const [, date, time, zone] = WITH_ZONE.exec(text) ?? [];
  if (date !== undefined && time !== undefined && zone !== undefined) return zoned(date, time, zone);
  if (DATE_ONLY.test(text)) return parseLocal(`${text}T00:00:00`, timeZone);
  const [, day, month, year, hour, minute, second = ":00"] = DOTTED.exec(text) ?? [];
  if (day === undefined || month === undefined || hour === undefined) return parseLocal(text, timeZone);
  const local = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T${hour.padStart(2, "0")}:${minute}${second}`;
  return parseLocal(local, timeZone);
}
