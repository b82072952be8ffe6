import { sharingApi } from "./api.ts";
import { sharingJobs } from "./jobs.ts";

/** What the app is handed of sharing. */
export const sharing = { api: sharingApi, jobs: sharingJobs };
