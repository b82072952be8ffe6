import { z } from "zod";
import { job } from "#src/base/jobs.ts";
import { overdueLetters, sendDueLetters, skipLetter } from "./letters/send.ts";
import { forgetLinks } from "./links/store.ts";

/** How long the list still shows a link that has ended, in days. */
const KEPT_DAYS = 90;

/** Forgets links that ended long ago. */
const forgetEnded = job({
  name: "sharing.forget-ended",
  data: z.object({}),
  retries: 2,
  minutes: 5,
  every: "40 3 * * *",
  work: async (_data, { databases, now }) => forgetLinks(databases.owner, now() - KEPT_DAYS * 86_400_000),
});

/** Letters go out within this many minutes of their hour. */
const sendDue = job({
  name: "sharing.send-due",
  data: z.object({}),
  retries: 0,
  minutes: 30,
  every: "*/5 * * * *",
  overdue: { list: overdueLetters, skip: skipLetter },
  work: async (_data, tools) => sendDueLetters(tools),
});

/** Everything that happens by the clock. */
export const sharingJobs = [forgetEnded, sendDue];
