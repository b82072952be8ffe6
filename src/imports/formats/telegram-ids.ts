import type { IncomingAuthor } from "#src/platforms/model.ts";
import { ID_CHARS, NAME_CHARS } from "./format.ts";

/** Types of chats that are conversations between people and belong to no community. */
const PRIVATE_TYPES = new Set(["personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes"]);
const CHANNEL_TYPES = new Set(["private_channel", "public_channel"]);

export function isPrivateType(type: string): boolean {
  return PRIVATE_TYPES.has(type);
}

export function isChannelType(type: string): boolean {
  return CHANNEL_TYPES.has(type);
}

/**
 * The id that the Bot API gives the same chat: a basic group's is negative, a supergroup's or channel's begins with
 * -100, a person's is bare. Exports write all of them bare.
 */
export function botChatId(id: string, type: string): string {
  if (id.startsWith("-") || isPrivateType(type)) return id;
  return type === "private_group" ? `-${id}` : `-100${id}`;
}

const GROUP_PEERS = 2 ** 32;
const CHANNEL_PEERS = 2 ** 33;

/** Exports until 2021 wrote peers as numbers: users as they are, groups from 2^32 on, channels from 2^33 on. */
function oldPeer(id: number): string {
  if (id >= CHANNEL_PEERS) return `channel${id - CHANNEL_PEERS}`;
  return id >= GROUP_PEERS ? `chat${id - GROUP_PEERS}` : `user${id}`;
}

const PEER = /^(user|channel|chat)?(\d{1,20})$/;
const PREFIXES = { user: "", channel: "-100", chat: "-" } as const;

/** Who that is, under the id that the Bot API uses. `name` is missing for deleted accounts. */
export function peer(id: unknown, name: unknown): IncomingAuthor | undefined {
  const written = typeof id === "number" ? oldPeer(id) : id;
  const called = typeof name === "string" && name !== "" ? name.slice(0, NAME_CHARS) : undefined;
  const named = called === undefined ? {} : { name: called };
  const [, sort = "user", number] = (typeof written === "string" ? PEER.exec(written) : undefined) ?? [];
  if (number !== undefined) {
    if (sort === "user") return { externalId: number, kind: "person", ...named };
    return { externalId: PREFIXES[sort === "chat" ? "chat" : "channel"] + number, kind: "channel", ...named };
  }
  // The oldest exports name people without any id; a deleted account has neither.
  return called === undefined
    ? undefined
    : { externalId: `name:${called}`.slice(0, ID_CHARS), kind: "person", name: called };
}

/** More people than this at a time are forgotten and met anew; about 100 bytes each. */
const KEPT_PEERS = 50_000;

/** The people of one chat: whoever writes again is the same object, which spares making and comparing them anew. */
export class Peers {
  readonly #known = new Map<unknown, IncomingAuthor>();

  /** As `peer`. */
  of(id: unknown, name: unknown): IncomingAuthor | undefined {
    const known = this.#known.get(id);
    if (known !== undefined && known.name === name) return known;
    const author = peer(id, name);
    if (author === undefined || id === undefined) return author;
    if (this.#known.size >= KEPT_PEERS) this.#known.clear();
    this.#known.set(id, author);
    return author;
  }
}

/** Everybody whose account was deleted and of whom an old export keeps no id. */
export const deletedAccount: IncomingAuthor = { externalId: "deleted", kind: "person" };
