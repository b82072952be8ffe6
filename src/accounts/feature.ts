import { accountsApi } from "./api.ts";
import { forgetOld } from "./jobs.ts";
import { sendEmailChange } from "./email-change.ts";
import { sendReset } from "./resets.ts";

/** What the app is handed of accounts. */
export const accounts = { api: accountsApi, jobs: [forgetOld, sendEmailChange, sendReset] };
