import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { IncomingAuthor, IncomingMessage } from "#src/platforms/model.ts";
import { languageOf } from "#src/platforms/traits/language.ts";
import { distinctLinks } from "#src/platforms/traits/links.ts";
import { isQuestion } from "#src/platforms/traits/question.ts";
import type { CallableGroup } from "../groups/model.ts";
import { mentionedNames } from "../markdown/mentions.ts";
import { excerptOf, plainText } from "../markdown/plain-text.ts";
import { linkedAddresses, renderPost } from "../markdown/render.ts";
import { hubPath, type TopicKind } from "../model.ts";
import { membersByName, nameKey } from "../store/accounts.ts";
import { picturesFor, type ShowingPost } from "../store/files.ts";
import { fileIdsIn, filePath } from "../uploads/addresses.ts";

/** Between the title of a topic and the text of its first post, in the one message that holds both. */
const BETWEEN = "\n\n";

/** What is stored as the message: what was typed; of a first post the title before it, so that everybody who reads messages reads it. */
export function storedText(source: string, title: string | undefined): string {
  return title === undefined ? source : `${title}${BETWEEN}${source}`;
}

/** What was typed as the text of a post, from its stored message. */
export function typedText(stored: string, number: number): string {
  if (number > 1) return stored;
  const end = stored.indexOf(BETWEEN);
  return end < 0 ? stored : stored.slice(end + BETWEEN.length);
}

/** Two lines of a list. In letters. */
const BEGINNING = 160;

/** How a post begins, on one line and without markup, from its stored message or the beginning of that; spoilers stay hidden. */
export function beginningOf(stored: string, number: number): string {
  return excerptOf(typedText(stored, number), BEGINNING);
}

/** The title that stands in the stored message of a topic's first post; undefined in any other. */
export function titleTold(stored: string, number: number): string | undefined {
  const end = stored.indexOf(BETWEEN);
  return number > 1 || end < 0 ? undefined : stored.slice(0, end);
}

/** Where a text stands, or will. Without `writer` it shows no pictures. */
export interface TextPlace {
  readonly community: CommunityId;
  readonly slug: string;
  readonly writer?: ShowingPost;
  /** Groups that it calls where their handles stand in it; without them handles stay text. */
  readonly groups?: readonly Pick<CallableGroup, "number" | "key">[];
}

/** The safe HTML of a post, in which members who are called by name, and groups, are linked and pictures of the hub are shown. */
export async function htmlOf(tx: Db | Tx, place: TextPlace, source: string): Promise<string> {
  const { community, slug, writer, groups = [] } = place;
  const names = mentionedNames(source);
  const members = await membersByName(tx, community, names);
  const people = new Map([...members].map(([name, id]) => [name, `${hubPath(slug)}/people/${id}`]));
  const ids = fileIdsIn(source, slug);
  const isPlain = writer === undefined || ids.length === 0;
  const shown = isPlain ? [] : await picturesFor(tx, community, { ...writer, ids });
  const pictures = new Map(shown.map(({ id, width, height }) => [filePath(slug, id), { width, height }]));
  const called = names.flatMap((name): [string, string][] => {
    const group = groups.find(({ key }) => key === nameKey(name));
    return group === undefined ? [] : [[name, `${hubPath(slug)}/g/${group.number}`]];
  });
  return renderPost(source, { people, pictures, groups: new Map(called) });
}

/** A post as it is about to be stored. Times in milliseconds since 1970 UTC. */
export interface Writing {
  readonly spaceExternalId: string;
  readonly externalId: string;
  readonly author: IncomingAuthor;
  readonly source: string;
  /** Of a topic's first post. */
  readonly opens?: { readonly title: string; readonly kind: TopicKind } | undefined;
  readonly replyTo?: { readonly externalId: string; readonly sentAt: number } | undefined;
  readonly sentAt: number;
}

/** The post as any platform's message, with what its text tells. A question topic asks whatever its words are; the team asks nothing. */
export function messageOf(writing: Writing): IncomingMessage {
  const { source, opens, author, replyTo, ...place } = writing;
  const { spaceExternalId, externalId, sentAt } = place;
  const plain = plainText(source);
  const language = languageOf(opens === undefined ? plain : `${opens.title}\n${plain}`);
  return {
    spaceExternalId,
    externalId,
    sentAt,
    author,
    kind: "text",
    text: storedText(source, opens?.title),
    isQuestion: author.kind === "person" && (opens?.kind === "question" || isQuestion(plain)),
    links: distinctLinks(linkedAddresses(source)),
    reactions: [],
    ...(language === undefined ? {} : { language }),
    ...(replyTo === undefined ? {} : { replyToExternalId: replyTo.externalId, replyToSentAt: replyTo.sentAt }),
  };
}
