import { z } from "zod";
import { job } from "#src/base/jobs.ts";
import { forgetReceipts } from "./store/connections.ts";
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

/**
 * Nothing is expected to be delivered again after so long: Telegram keeps updates for a day; a form that is sent anew
 * is minutes old.
 */
const RECEIPTS_KEPT_DAYS = 30;

/** Deletes receipts that are too old to meet a second delivery. */
export const oldReceipts = job({
  name: "platforms.forget-receipts",
  data: z.object({}),
  retries: 5,
  minutes: 5,
  every: "53 3 * * *",
  work: async (_, { databases, now }) =>
    void (await forgetReceipts(databases.owner, now() - RECEIPTS_KEPT_DAYS * 86_400_000)),
});
