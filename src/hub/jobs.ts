import { z } from "zod";
import { job } from "#src/base/jobs.ts";
import { tellOfAllRules } from "./groups/tell.ts";
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

/** Tells in the log who came to groups and left them by tags and segments; who may enter follows them at once. */
export const tellOfGroups = job({
  name: "hub.tell-of-groups",
  data: z.object({}),
  retries: 0,
  minutes: 10,
  every: "* * * * *",
  work: (_, { databases, now, signal }) => tellOfAllRules(databases, now, signal),
});
