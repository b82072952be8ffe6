import { communitiesApi } from "./api.ts";
import { eraseDeletedJob } from "./jobs.ts";

/** What the app is handed of communities. */
export const communities = { api: communitiesApi, jobs: [eraseDeletedJob] };
