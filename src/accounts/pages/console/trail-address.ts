/** Filters of the record as they stand in an address. */
export const trailFilters = ["who", "what", "days", "target"] as const;

/** Periods that are offered, in days up to now. */
export const trailDays = [1, 7, 30, 90, 365] as const;

const DAY = 86_400_000;

/** What the API is asked for an address. `now` in milliseconds since 1970 UTC. */
export function trailAsk(query: URLSearchParams, now: number) {
  const read = (name: string) => query.get(name) ?? undefined;
  const [actor, operation, target, after] = [read("who"), read("what"), read("target"), read("after")];
  const days = trailDays.find((count) => String(count) === read("days"));
  return {
    ...(actor !== undefined && { actor }),
    ...(operation !== undefined && { operation }),
    ...(target !== undefined && { target }),
    ...(days !== undefined && { since: new Date(now - days * DAY).toISOString() }),
    ...(after !== undefined && { after }),
  };
}
