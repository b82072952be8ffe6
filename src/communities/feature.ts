import { communitiesApi } from "./api.ts";

/** What the app is handed of communities. */
export const communities = { api: communitiesApi, jobs: [] };
