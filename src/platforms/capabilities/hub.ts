import { accordingTo, type Platform } from "../platform.ts";

const { no, partly, yes } = accordingTo({ source: "Veche", checked: "2026-11-22" });

/** The community's own site. Nothing stands between it and us, so this is what is built today, not what could be. */
export const hub: Platform = {
  name: "hub",
  isOurs: true,
  capabilities: {
    "read-messages": yes(),
    "read-deletions": yes(),
    "read-reactions": yes(),
    "read-moves": yes(),
    "list-members": yes(),
    backfill: yes(),
    send: partly("hub-by-hand"),
    edit: partly("hub-by-hand"),
    pin: yes(),
    topics: partly("hub-by-hand"),
    polls: no("hub-polls"),
    "direct-messages": no("hub-direct"),
    delete: partly("hub-by-hand"),
    mute: no("hub-mute"),
    ban: no("hub-ban"),
    "attribute-invites": no("hub-invites"),
    "sign-in": partly("hub-sign-in"),
  },
};
