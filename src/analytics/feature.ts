import { analyticsApi } from "./api.ts";
import { warmUp } from "./warm-up.ts";

/** What the app is handed of analytics. */
export const analytics = { api: analyticsApi, jobs: [], warmUp };
