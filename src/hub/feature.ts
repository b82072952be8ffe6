import { hubDoor } from "./site/door.ts";

/** What the app is handed of the hub. */
export const hub = { jobs: [], pageDoors: [hubDoor] };
