import { z } from "zod";
import { job } from "#src/base/jobs.ts";
import { dropUnsent, forgetSent, unsentRows, wakeOutbox } from "./store/outbox-clock.ts";
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

/**
 * Wakes whoever sends what is in the outbox, each minute: for what no word came through of, and for what another process
 * died with. After a restore each row that had not gone out is put to a person: another install may have sent it.
 */
export const sendWaiting = job({
  name: "platforms.send",
  data: z.object({}),
  retries: 0,
  minutes: 1,
  every: "* * * * *",
  work: async (_, { databases }) => wakeOutbox(databases.owner),
  overdue: { list: (db) => unsentRows(db), skip: (tx, id, now) => dropUnsent(tx, id, now) },
});

/** As long as the record of deliveries, and long enough to look up what went out last quarter. */
const SENT_KEPT_DAYS = 90;

/** Deletes from the outbox what was sent or dropped long ago. What waits for a person stays. */
export const oldSent = job({
  name: "platforms.forget-sent",
  data: z.object({}),
  retries: 5,
  minutes: 5,
  every: "13 4 * * *",
  work: async (_, { databases, now }) => forgetSent(databases.owner, now() - SENT_KEPT_DAYS * 86_400_000),
});
