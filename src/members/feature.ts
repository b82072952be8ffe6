import { membersApi } from "./api.ts";

/** What the app is handed of members. */
export const members = { api: membersApi, jobs: [] };
