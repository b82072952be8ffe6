import { membersApi } from "./api.ts";
import { memberList } from "./reactions.ts";

/** What the app is handed of members. */
export const members = { api: membersApi, reactions: [memberList], jobs: [] };
