import { checkDomains } from "./domain/check.ts";
import { forgetDoorways, tellOfGroups } from "./jobs.ts";
import { lookUpJob } from "./links/look-up.ts";
import { noticeJobs } from "./notices/jobs.ts";
import { sendEmailChange } from "./people/email-change.ts";
import { finishLeaving, finishLeavings } from "./people/finish-leavings.ts";
import { tendLeaverPosts } from "./people/leaver-posts.ts";
import { sendLink } from "./people/links.ts";
import { pushJobs } from "./push/tell-news.ts";
import { hubDoor } from "./site/door.ts";
import { tidyFilesJob } from "./uploads/tidy.ts";

/** What the app is handed of the hub. */
export const hub = {
  jobs: [
    checkDomains,
    sendLink,
    sendEmailChange,
    finishLeaving,
    finishLeavings,
    tendLeaverPosts,
    forgetDoorways,
    tellOfGroups,
    tidyFilesJob,
    ...noticeJobs,
    ...pushJobs,
    lookUpJob,
  ],
  pageDoors: [hubDoor],
};
