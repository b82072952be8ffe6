/**
 * The one place where local time is computed. Time zone data differs between Node and PostgreSQL on one machine (four
 * zones by an hour in 2026), so SQL is only ever given instants that were computed here.
 * Instants are milliseconds since 1970 UTC; a local day is the number of days from 1970-01-01 to its calendar date.
 */

const DAY = 86_400_000;
/** No zone in the tz database has moved its clock at another grain than a quarter of an hour since 1970. */
const GRAIN = 900_000;
const CACHED_OFFSETS = 200_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    era: "short",
  });
  const zone = { format, offsets: new Map<number, number>() };
  zones.set(name, zone);
  return zone;
}

function measureOffset(at: number, zone: Zone): number {
  const part: Record<string, number> = {};
  for (const { type, value } of zone.format.formatToParts(at)) part[type] = Number(value);
  const local = Date.UTC(
    part["year"] ?? 0,
    (part["month"] ?? 1) - 1,
    part["day"],
    part["hour"],
    part["minute"],
    part["second"],
  );
  return local - Math.floor(at / 1000) * 1000;
}

/** How far the zone's wall clock is ahead of UTC at that instant, in milliseconds. */
export function offsetAt(at: number, zone: string): number {
  if (zone === "UTC") return 0;
  const { offsets, format } = zoneOf(zone);
  const cell = Math.floor(at / GRAIN);
  const known = offsets.get(cell);
  if (known !== undefined) return known;
  if (offsets.size > CACHED_OFFSETS) offsets.clear();
  const offset = measureOffset(cell * GRAIN, { format, offsets });
  offsets.set(cell, offset);
  return offset;
}

/** Whether the name is a zone this machine knows, such as `Europe/Moscow` or `UTC`. */
export function isTimeZone(name: string): boolean {
  if (name === "") return false;
  try {
    Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The local calendar day of an instant. */
export function localDay(at: number, zone: string): number {
  return Math.floor((at + offsetAt(at, zone)) / DAY);
}

/** The hour 0 to 23 on the zone's wall clock. */
export function localHour(at: number, zone: string): number {
  const local = at + offsetAt(at, zone);
  return Math.floor((local - Math.floor(local / DAY) * DAY) / 3_600_000);
}

/**
 * The instant at which a wall clock in the zone shows the given local time (milliseconds as if it were UTC).
 * A time that the clock skips in spring is moved forward by the gap; of a time that comes twice in autumn, the first.
 */
export function instantOfLocal(local: number, zone: string): number {
  const before = offsetAt(local - DAY, zone);
  const after = offsetAt(local + DAY, zone);
  const early = local - before;
  if (offsetAt(early, zone) === before) return early;
  const late = local - after;
  return offsetAt(late, zone) === after ? late : early;
}

/** The first instant of a local day. */
export function startOfLocalDay(day: number, zone: string): number {
  const midnight = instantOfLocal(day * DAY, zone);
  return localDay(midnight, zone) < day ? midnight + (day * DAY - (midnight + offsetAt(midnight, zone))) : midnight;
}

/**
 * The first instants of each local day from `from` to `to`, both included. Handed to SQL they turn an instant into a
 * day without SQL knowing zones: `from - 1 + width_bucket(sent_at, starts)`.
 */
export function dayStarts(from: number, to: number, zone: string): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => startOfLocalDay(from + i, zone));
}

/** A day as a date, `2016-03-01`. */
export function dayToDate(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The day of a date `2016-03-01`; undefined for anything that is not a date of the calendar. */
export function dateToDay(date: string): number | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? undefined : at / DAY;
}

/** Monday is 0, Sunday 6. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;

/** The instant of a written local time without a zone, such as `2026-01-31T12:00:05`; undefined if it is not one. */
export function parseLocal(text: string, zone: string): number | undefined {
  const [whole, year, month, day, hour, minute, second = "0", fraction = "0"] = LOCAL.exec(text) ?? [];
  if (whole === undefined || dateToDay(`${year}-${month}-${day}`) === undefined) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const millis = Math.floor(Number(`0.${fraction}`) * 1000);
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    millis,
  );
  return instantOfLocal(local, zone);
}
