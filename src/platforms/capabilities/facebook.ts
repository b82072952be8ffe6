import { accordingTo, type Platform, unverified } from "../platform.ts";

const { no } = accordingTo({ source: "Removal of the Facebook Groups API", checked: "2024-02-06" });

/** Facebook groups. Pages are another thing. */
export const facebook: Platform = {
  name: "facebook",
  capabilities: {
    "read-messages": no("facebook-groups"),
    "read-deletions": no("facebook-groups"),
    "read-reactions": no("facebook-groups"),
    "read-moves": no("facebook-groups"),
    "list-members": no("facebook-groups"),
    backfill: no("facebook-groups"),
    send: no("facebook-groups"),
    edit: no("facebook-groups"),
    pin: no("facebook-groups"),
    topics: no("facebook-groups"),
    polls: no("facebook-groups"),
    "direct-messages": no("facebook-groups"),
    delete: no("facebook-groups"),
    mute: no("facebook-groups"),
    ban: no("facebook-groups"),
    "attribute-invites": no("facebook-groups"),
    "sign-in": unverified,
  },
};
