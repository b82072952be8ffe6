import { z } from "zod";
import { job } from "#src/base/jobs.ts";
import { forgetRunOut } from "./store/sign-links.ts";

/** Forgets what has run out: links of letters, wishes to join, sessions. */
export const forgetDoorways = job({
  name: "hub.forget-doorways",
  data: z.object({}),
  retries: 3,
  minutes: 10,
  every: "27 * * * *",
  work: (_, { databases, now }) => forgetRunOut(databases.owner, now()),
});
