import { localHour } from "#src/base/clock.ts";

/** The hours, 0 to 23, from and to which nothing rings, by a clock in this zone; equal where there are none. */
export interface QuietHours {
  readonly quietFrom: number;
  readonly quietTo: number;
  readonly timeZone: string;
}

/** Whether an instant (milliseconds since 1970 UTC) lies in somebody's quiet hours, which may go over midnight. */
export function isQuiet(at: number, { quietFrom, quietTo, timeZone }: QuietHours): boolean {
  const hour = localHour(at, timeZone);
  if (quietFrom <= quietTo) return hour >= quietFrom && hour < quietTo;
  return hour >= quietFrom || hour < quietTo;
}
