import { z } from "zod";
import { job } from "#src/base/jobs.ts";
import { NOTICE_DAYS } from "./kinds.ts";
import { overdueDigests, sendDigests, skipDigests } from "./send-digests.ts";
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

/** Letters go out within five minutes of their hour. */
const sendDueDigests = job({
  name: "hub.send-digests",
  data: z.object({}),
  retries: 0,
  minutes: 30,
  every: "*/5 * * * *",
  overdue: { list: overdueDigests, skip: skipDigests },
  work: (_, tools) => sendDigests(tools),
});

/** What happens by the clock about what members are told. */
export const noticeJobs = [forgetOldNotices, sendDueDigests];
