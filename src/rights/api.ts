import { erasingApi } from "./api-erasing.ts";

/** What people may ask about their data, and what the team does then. */
export const rightsApi = { ...erasingApi };
