import type { Locale } from "./locale.ts";
import { russianPlace } from "./time-zone-places.ts";

/** Names of the tz database that its cities no longer go by. */
const renamed: Readonly<Record<string, string>> = {
  Calcutta: "Kolkata",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh City",
  Faeroe: "Faroe",
  Asmera: "Asmara",
};

/** `Louisville, Kentucky` of `America/Kentucky/Louisville`. */
function cityOf(zone: string): string {
  const [city = zone, region] = zone.replaceAll("_", " ").split("/").slice(1).toReversed();
  return region === undefined ? (renamed[city] ?? city) : `${city}, ${region}`;
}

/** The city or the country. The language's own data has them in Russian too, but not in every browser. */
function placeOf(zone: string, locale: Locale): string {
  if (!zone.includes("/")) return zone;
  return (locale === "ru" ? russianPlace(zone) : undefined) ?? cityOf(zone);
}

/** Clocks are put forward and back at whole hours or halves of them, so what was measured serves for half an hour. */
const SERVES_MS = 1_800_000;
let measured = { slot: 0, offsets: new Map<string, string>() };

/** How far the clocks of a zone stand from UTC at an instant: `+3`, `−9:30`. */
function offsetOf(zone: string, at: number): string {
  const slot = Math.floor(at / SERVES_MS);
  if (measured.slot !== slot) measured = { slot, offsets: new Map() };
  const known = measured.offsets.get(zone);
  if (known !== undefined) return known;
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(at);
  const written = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const offset = written.replace("GMT", "").replace("-", "\u2212") || "+0";
  measured.offsets.set(zone, offset);
  return offset;
}

/**
 * A zone of the tz database as people call it, by where its clocks stand at an instant (milliseconds since 1970 UTC):
 * `Moscow (UTC+3)`, `Москва (UTC+3)`. What is no such zone comes back as it is.
 */
export function timeZoneName(zone: string, locale: Locale, at: number): string {
  if (zone === "UTC") return zone;
  try {
    return `${placeOf(zone, locale)} (UTC${offsetOf(zone, at)})`;
  } catch {
    return zone;
  }
}

/** A zone to choose: the name that is stored, and the one that is read. */
export interface ZoneChoice {
  readonly zone: string;
  readonly name: string;
}

/**
 * Every zone by name in the reader's alphabet, UTC before all; `chosen` is among them even when it goes by an older name,
 * such as one that was stored long ago.
 */
export function timeZoneChoices(locale: Locale, at: number, chosen = "UTC"): ZoneChoice[] {
  const zones = new Set([...Intl.supportedValuesOf("timeZone"), chosen]);
  zones.delete("UTC");
  const { compare } = new Intl.Collator(locale);
  const named = [...zones].map((zone) => ({ zone, name: timeZoneName(zone, locale, at) }));
  return [{ zone: "UTC", name: "UTC" }, ...named.toSorted((a, b) => compare(a.name, b.name))];
}
