import { accordingTo, type Platform, unverified } from "../platform.ts";

const { no, partly, yes } = accordingTo({ source: "Telegram Bot API 10.1", checked: "2026-06-18" });

/** Telegram as its Bot API describes it. */
export const telegram: Platform = {
  name: "telegram",
  capabilities: {
    "read-messages": partly("telegram-read"),
    "read-deletions": no("telegram-deletions"),
    "read-reactions": partly("telegram-reactions"),
    "read-moves": partly("telegram-moves"),
    "list-members": no("telegram-members"),
    backfill: no("telegram-backfill"),
    send: yes("telegram-send"),
    edit: yes(),
    pin: yes(),
    topics: yes(),
    polls: partly("telegram-polls"),
    "direct-messages": partly("telegram-direct"),
    delete: partly("telegram-delete"),
    mute: partly("telegram-mute"),
    ban: yes("telegram-ban"),
    "attribute-invites": yes(),
    "sign-in": unverified,
  },
};
