import { importsApi, uploadPiece } from "./api.ts";
import { importsJobs } from "./jobs.ts";

/** What the app is handed of imports. */
export const imports = { api: importsApi, rawRoutes: [uploadPiece], jobs: importsJobs };
