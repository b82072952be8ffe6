import { monthsAhead, oldReceipts, oldSent, sendWaiting } from "./jobs.ts";

/** What the app is handed of platforms. */
export const platforms = { jobs: [monthsAhead, oldReceipts, sendWaiting, oldSent] };
