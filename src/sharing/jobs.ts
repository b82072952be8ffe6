import { z } from "zod";
import { job } from "#src/base/jobs.ts";
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

/** Everything that happens by the clock. */
export const sharingJobs = [forgetEnded];
