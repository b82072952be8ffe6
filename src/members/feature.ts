import { membersApi } from "./api.ts";
import { purgeMembers, suggestJob, tendSuggestionsJob } from "./jobs.ts";

/** What the app is handed of members. */
export const members = { api: membersApi, jobs: [purgeMembers, suggestJob, tendSuggestionsJob] };
