import { membersApi } from "./api.ts";
import { memberList, memberPresence } from "./reactions.ts";

/** What the app is handed of members. */
export const members = { api: membersApi, reactions: [memberPresence, memberList], jobs: [] };
