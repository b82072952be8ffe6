import { timeZoneName } from "#src/base/time-zone-name.ts";
import { m } from "#words";
import { type Locale, writeNumber } from "#words/runtime";

/** Whose eyes a number or a moment is written for. */
export interface Reader {
  locale: Locale;
  /** IANA name; moments are shown in it. Local calendar days are not moments and ignore it. */
  timeZone: string;
}

/** A time zone as people call it, by where its clocks stand now: `Moscow (UTC+3)`. */
export function formatZone(zone: string, { locale }: Pick<Reader, "locale">): string {
  return timeZoneName(zone, locale, Date.now());
}

const DAY_IN_MS = 86_400_000;
const NARROW_SPACE = "\u202F";
const MINUS = "\u2212";

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat({ locale, timeZone }: Reader, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + timeZone + JSON.stringify(options);
  const known = dateFormats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { ...options, timeZone, hourCycle: "h23" });
  dateFormats.set(key, made);
  return made;
}

/** The year of a Russian date without its «г.», which only prose needs. */
function plainYear(text: string): string {
  return text.replaceAll(/[\u00A0\u202F ]г\.?/g, "").replaceAll("Sept", "Sep");
}

/** `1,284` or `1 284`; at most one digit after the point unless told otherwise. */
export function formatNumber(value: number, reader: Reader, digits = 1): string {
  return writeNumber(value, reader.locale, { maximumFractionDigits: digits }).replace("-", MINUS);
}

/** A number short enough for a tile or an axis: `1.2M`, `1,2 млн`. Below ten thousand it is written out. */
export function formatShort(value: number, reader: Reader): string {
  if (Math.abs(value) < 10_000) return formatNumber(value, reader);
  const options = { notation: "compact", maximumFractionDigits: 1 } as const;
  return writeNumber(value, reader.locale, options).replace("-", MINUS);
}

/** A share from 0 to 1 as `48.7 %`. */
export function formatPercent(share: number, reader: Reader, digits = 1): string {
  return `${formatNumber(share * 100, reader, digits)}${NARROW_SPACE}%`;
}

function signed(value: number, text: string): string {
  return value > 0 ? `+${text}` : text;
}

/** How a thing grew against the period before, as `+9 %` or `−4 %`; "no change" when it rounds to nothing; undefined when nothing was there before. */
export function formatRelativeChange(now: number, before: number, reader: Reader): string | undefined {
  if (before === 0) return undefined;
  const share = Math.round(((now - before) / before) * 100);
  if (share === 0) return m.web_no_change({}, { locale: reader.locale });
  return signed(share, `${formatNumber(share, reader, 0)}${NARROW_SPACE}%`);
}

/** How a share moved, in percentage points: `−4 points`, `−4 п. п.` */
export function formatPointChange(now: number, before: number, reader: Reader): string {
  const points = Math.round((now - before) * 1000) / 10;
  if (points === 0) return m.web_no_change({}, { locale: reader.locale });
  const text = signed(points, formatNumber(points, reader));
  return m.web_points({ count: Math.abs(points), points: text }, { locale: reader.locale });
}

/** How a plain figure moved, with its sign and at most two digits after the point: `+0.01`. */
export function formatChange(now: number, before: number, reader: Reader): string {
  const change = Number((now - before).toFixed(2));
  if (change === 0) return m.web_no_change({}, { locale: reader.locale });
  return signed(change, formatNumber(change, reader, 2));
}

/** A span of time in at most two units: `45 s`, `2 h 40 min`, `3 дн. 4 ч`. */
export function formatDuration(ms: number, { locale }: Reader): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const units: [number, (inputs: { count: number }, options: { locale: Locale }) => string][] = [
    [86_400, m.web_days_short],
    [3600, m.web_hours_short],
    [60, m.web_minutes_short],
    [1, m.web_seconds_short],
  ];
  const first = units.findIndex(([size]) => seconds >= size);
  const [largest, next] = first === -1 ? [units[3]] : [units[first], units[first + 1]];
  if (largest === undefined) return "";
  const whole = Math.floor(seconds / largest[0]);
  const rest = next === undefined ? 0 : Math.floor((seconds % largest[0]) / next[0]);
  const head = largest[1]({ count: whole }, { locale });
  return rest === 0 || next === undefined ? head : `${head} ${next[1]({ count: rest }, { locale })}`;
}

/** `22 November 2026`, «22 ноября 2026». `at` is milliseconds since 1970. */
export function formatDate(at: number, reader: Reader): string {
  return plainYear(dateFormat(reader, { day: "numeric", month: "long", year: "numeric" }).format(at));
}

/** `22 Nov 2026`, for tables and chips. */
export function formatDateShort(at: number, reader: Reader): string {
  return plainYear(dateFormat(reader, { day: "numeric", month: "short", year: "numeric" }).format(at));
}

/** `22 Nov 2026, 19:02`. */
export function formatMoment(at: number, reader: Reader): string {
  return `${formatDateShort(at, reader)}, ${formatTime(at, reader)}`;
}

/** `19:02`, twenty-four hours in both languages. */
export function formatTime(at: number, reader: Reader): string {
  return dateFormat(reader, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** A local calendar day (days since 1970-01-01) as `22 November 2026`. */
export function formatDay(day: number, reader: Reader): string {
  return formatDate(day * DAY_IN_MS, { ...reader, timeZone: "UTC" });
}

/** A local calendar day without its year: `22 Nov`, for the axes of charts. */
export function formatDayShort(day: number, reader: Reader): string {
  const format = dateFormat({ ...reader, timeZone: "UTC" }, { day: "numeric", month: "short" });
  return format.format(day * DAY_IN_MS).replaceAll("Sept", "Sep");
}

/** The month that holds a local calendar day: `November 2026`, «ноябрь 2026». */
export function formatMonth(day: number, reader: Reader): string {
  return plainYear(
    dateFormat({ ...reader, timeZone: "UTC" }, { month: "long", year: "numeric" }).format(day * DAY_IN_MS),
  );
}

/** From one local day to another, both counted: `1 Sep – 29 Nov 2026`. */
export function formatPeriod(from: number, to: number, reader: Reader): string {
  const format = dateFormat({ ...reader, timeZone: "UTC" }, { day: "numeric", month: "short", year: "numeric" });
  return plainYear(format.formatRange(from * DAY_IN_MS, to * DAY_IN_MS).replaceAll(/[\u2009\u00A0]/g, " "));
}

/** How long ago (or until) in the largest fitting unit: `3 days ago`, «через 2 часа». */
export function formatAgo(at: number, now: number, { locale }: Reader): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const seconds = Math.round((at - now) / 1000);
  const units: [number, Intl.RelativeTimeFormatUnit][] = [
    [31_536_000, "year"],
    [2_592_000, "month"],
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
  ];
  const [size, unit] = units.find(([length]) => Math.abs(seconds) >= length) ?? [1, "second"];
  return format.format(Math.trunc(seconds / size), unit);
}

/** A size of a file, in decimal units as file managers show it: `537 MB`. */
export function formatBytes(bytes: number, reader: Reader): string {
  const options = { locale: reader.locale };
  if (bytes < 1000) return m.web_bytes({ size: formatNumber(bytes, reader) }, options);
  if (bytes < 1e6) return m.web_kilobytes({ size: formatNumber(bytes / 1e3, reader, 0) }, options);
  if (bytes < 1e9) return m.web_megabytes({ size: formatNumber(bytes / 1e6, reader) }, options);
  return m.web_gigabytes({ size: formatNumber(bytes / 1e9, reader) }, options);
}

/** Names of weekdays, Monday first: short `Mon`, «пн», or long. */
export function weekdayNames({ locale }: Reader, style: "short" | "long" = "short"): string[] {
  const format = dateFormat({ locale, timeZone: "UTC" }, { weekday: style });
  // 5 January 1970 was a Monday.
  return Array.from({ length: 7 }, (_, place) => format.format((4 + place) * DAY_IN_MS));
}
