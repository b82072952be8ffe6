import { analyticsApi } from "./api.ts";

/** What the app is handed of analytics. */
export const analytics = { api: analyticsApi, jobs: [] };
