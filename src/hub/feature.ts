import { forgetDoorways } from "./jobs.ts";
import { noticeJobs } from "./notices/jobs.ts";
import { sendLink } from "./people/links.ts";
import { hubDoor } from "./site/door.ts";

/** What the app is handed of the hub. */
export const hub = { jobs: [sendLink, forgetDoorways, ...noticeJobs], pageDoors: [hubDoor] };
