import { z } from "zod";
import { job } from "#src/base/jobs.ts";
import { NOTICE_DAYS } from "./kinds.ts";
import { forgetNotices } from "./shown.ts";

/** Forgets what members were told long ago. */
const forgetOldNotices = job({
  name: "hub.forget-notices",
  data: z.object({}),
  retries: 2,
  minutes: 30,
  every: "20 4 * * *",
  work: async (_, { databases, signal, now }) =>
    forgetNotices(databases.owner, now() - NOTICE_DAYS * 86_400_000, signal),
});

/** What happens by the clock about what members are told. */
export const noticeJobs = [forgetOldNotices];
