import { analyticsApi } from "./api.ts";
import { analyticsSheets } from "./reactions.ts";

/** What the app is handed of analytics. */
export const analytics = { api: analyticsApi, reactions: [analyticsSheets], jobs: [] };
