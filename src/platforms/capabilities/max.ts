import { accordingTo, type Platform, unverified } from "../platform.ts";

const { no, partly, yes } = accordingTo({ source: "MAX client library for bots", checked: "2026-08-31" });

/** MAX as its official client for bots shows it. */
export const max: Platform = {
  name: "max",
  capabilities: {
    "read-messages": yes(),
    "read-deletions": yes(),
    "read-reactions": no("max-reactions"),
    "read-moves": yes(),
    "list-members": yes(),
    backfill: unverified,
    send: yes("max-send"),
    edit: yes(),
    pin: yes(),
    topics: unverified,
    polls: unverified,
    "direct-messages": partly("max-direct"),
    delete: yes(),
    mute: no("max-mute"),
    ban: yes(),
    "attribute-invites": yes("max-invites"),
    "sign-in": unverified,
  },
};
