import { accordingTo, type Platform } from "../platform.ts";

const { partly, yes } = accordingTo({ source: "Discord developer documentation", checked: "2026-08-06" });

/** Discord as its documentation describes it. */
export const discord: Platform = {
  name: "discord",
  capabilities: {
    "read-messages": partly("discord-content"),
    "read-deletions": yes(),
    "read-reactions": yes(),
    "read-moves": partly("discord-members"),
    "list-members": partly("discord-members"),
    backfill: yes("discord-backfill"),
    send: yes(),
    edit: yes(),
    pin: yes(),
    topics: yes(),
    polls: yes(),
    "direct-messages": partly("discord-direct"),
    delete: yes("discord-delete"),
    mute: yes("discord-mute"),
    ban: yes(),
    "attribute-invites": partly("discord-invites"),
    "sign-in": yes(),
  },
};
