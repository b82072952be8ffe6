import { consentsApi } from "./api-consents.ts";
import { erasingApi } from "./api-erasing.ts";
import { ownApi } from "./api-own.ts";
import { requestsApi } from "./api-requests.ts";
import { retentionApi } from "./api-retention.ts";

/** What people may ask about their data, and what the team does then. */
export const rightsApi = { ...erasingApi, ...requestsApi, ...ownApi, ...consentsApi, ...retentionApi };
