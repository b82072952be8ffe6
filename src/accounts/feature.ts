import { accountsApi } from "./api.ts";
import { forgetOld } from "./jobs.ts";

/** What the app is handed of accounts. */
export const accounts = { api: accountsApi, jobs: [forgetOld] };
