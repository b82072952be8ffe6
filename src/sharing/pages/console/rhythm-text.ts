import { m } from "#words";
import { formatZone, type Reader, weekdayNames } from "#src/web/kit/format.ts";
import type { Rhythm } from "../../model.ts";

/** An hour of the day as a clock shows it. */
export function hourText(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** When a letter goes out, in one line: "Monday, 09:00, Berlin (UTC+1)". */
export function rhythmText({ every, day, hour, timeZone }: Rhythm, reader: Reader): string {
  const zone = formatZone(timeZone, reader);
  if (every === "month") return m.sharing_page_letter_month({ day, hour: hourText(hour), zone });
  const name = weekdayNames(reader, "long")[day] ?? "";
  const weekday = name.charAt(0).toLocaleUpperCase(reader.locale) + name.slice(1);
  return m.sharing_page_letter_week({ weekday, hour: hourText(hour), zone });
}
