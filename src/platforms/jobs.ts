import { z } from "zod";
import { job } from "#src/base/jobs.ts";
import { makeMonthsAhead } from "./store/months.ts";

/** Makes the partitions of the coming months before a message needs one. */
export const monthsAhead = job({
  name: "platforms.months-ahead",
  data: z.object({}),
  retries: 5,
  minutes: 5,
  every: "23 3 * * *",
  duringHold: true,
  work: async (_, { databases, now }) => makeMonthsAhead(databases.owner, now()),
});
