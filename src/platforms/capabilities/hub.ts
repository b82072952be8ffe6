import { accordingTo, type Platform } from "../platform.ts";

const { no, yes } = accordingTo({ source: "Veche", checked: "2026-11-22" });

/** The community's own site: nothing stands between it and us. */
export const hub: Platform = {
  name: "hub",
  capabilities: {
    "read-messages": yes(),
    "read-deletions": yes(),
    "read-reactions": yes(),
    "read-moves": yes(),
    "list-members": yes(),
    backfill: yes(),
    send: yes(),
    edit: yes(),
    pin: yes(),
    topics: yes(),
    polls: yes(),
    "direct-messages": no("hub-direct"),
    delete: yes(),
    mute: yes(),
    ban: yes(),
    "attribute-invites": yes(),
    "sign-in": yes(),
  },
};
