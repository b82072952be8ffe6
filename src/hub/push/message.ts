import { hash } from "node:crypto";
import { inLocale, type Locale } from "#src/base/locale.ts";
import { m } from "#words";
import { hubPath, pageOfPost, postPath } from "../model.ts";
import { noticeText } from "../notices/sentence.ts";
import { filePath } from "../uploads/addresses.ts";
import type { PushPlace, Ring } from "./due.ts";

/** What a device shows; the worker of the hub reads it as it stands here. */
export interface PushMessage {
  readonly title: string;
  readonly body: string;
  /** Where pressing it leads: a path of this hub. */
  readonly url: string;
  /** What comes later under the same tag takes the place of this one, without ringing anew. */
  readonly tag: string;
  readonly lang: Locale;
  /** The community's logo as a path of this hub, which everybody may open; without it the install's own stands there. */
  readonly icon?: string;
}

function pathOf(slug: string, { kind, topic, number: about, title, first, isOpen }: Ring): string {
  if (kind === "group") return `${hubPath(slug)}/g/${about}`;
  if (topic === 0) return `${hubPath(slug)}/messages`;
  const number = Math.max(1, first);
  if (isOpen) return postPath(slug, { number: topic, title }, number);
  const page = pageOfPost(number);
  return `${hubPath(slug)}/t/${topic}${page > 1 ? `?page=${page}` : ""}#post-${number}`;
}

/** What tells of replies; of any other kind a device says of a closed board only that there is something. */
const answers: ReadonlySet<Ring["kind"]> = new Set(["reply", "answer", "quote"]);

/**
 * What is told of these notices, of which there is at least one: of a single one what happened and where, of several how
 * many there are. Of what not everybody may read a device says neither names nor words: it lies on tables and lights up.
 */
export function messageFor(rings: readonly Ring[], { facts }: Pick<PushPlace, "facts">, lang: Locale): PushMessage {
  const { slug, name } = facts;
  const icon = facts.icon === null ? {} : { icon: filePath(slug, facts.icon) };
  const [ring] = rings;
  return inLocale(lang, () => {
    if (ring === undefined || rings.length > 1) {
      const url = `${hubPath(slug)}/notifications?view=unread`;
      return {
        title: m.hub_push_summary({ count: rings.length }),
        body: name,
        url,
        tag: `${slug} news`,
        lang,
        ...icon,
      };
    }
    const { kind, topic, number, isOpen } = ring;
    const closed = answers.has(kind) ? m.hub_push_closed_reply() : m.hub_push_closed();
    const [title, body] = isOpen ? [noticeText(ring), ring.title === "" ? name : ring.title] : [closed, name];
    return { title, body, url: pathOf(slug, ring), tag: `${slug} ${kind} ${topic} ${number}`, lang, ...icon };
  });
}

/**
 * By which a push service knows that a later message takes the place of one that has not arrived (RFC 8030, 5.4): 32 signs that
 * tell it nothing else.
 */
export function pushTopic(secret: string, { tag }: PushMessage): string {
  return hash("sha256", `${secret} ${tag}`, "buffer").subarray(0, 24).toString("base64url");
}
