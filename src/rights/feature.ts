import { erasePersonJob, retainJob, tendErasures } from "./jobs.ts";

/** What the app is handed of data rights. */
export const rights = { jobs: [erasePersonJob, tendErasures, retainJob] };
