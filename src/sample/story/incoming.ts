import type { IncomingAuthor, IncomingBatch, IncomingMessage, IncomingMove } from "#src/platforms/model.ts";
import { languageOf } from "#src/platforms/traits/language.ts";
import { linksOf } from "#src/platforms/traits/links.ts";
import { isQuestion } from "#src/platforms/traits/question.ts";
import type { SamplePerson, SamplePlatform } from "./people.ts";
import type { Story } from "./story.ts";
import { places, type Post } from "./tale.ts";

/** The account of somebody on a platform. No platform gives out ids of this form. */
export function accountOf(who: SamplePerson, platform: SamplePlatform): string {
  return `sample-${platform}-${who.number}`;
}

function authorOf(who: SamplePerson, platform: SamplePlatform): IncomingAuthor {
  const kind = who.part === "bot" ? "bot" : who.part === "channel" ? "channel" : "person";
  // On Discord people show what they are called there.
  const name = platform === "discord" && who.part === "member" ? who.username : who.name;
  return { externalId: accountOf(who, platform), name, username: who.username, kind };
}

function messageOf(post: Post, idOf: (post: Post) => string): IncomingMessage {
  const { at, who, place, text, kind = "text", replyTo, reactions } = post;
  const language = languageOf(text);
  const merged = new Map<string, number>();
  for (const { emoji, count } of reactions) merged.set(emoji, (merged.get(emoji) ?? 0) + count);
  return {
    spaceExternalId: place.externalId,
    externalId: idOf(post),
    sentAt: at,
    author: authorOf(who, place.platform),
    kind,
    text,
    ...(language === undefined ? {} : { language }),
    isQuestion: isQuestion(text),
    links: linksOf(text),
    ...(replyTo === undefined ? {} : { replyToExternalId: idOf(replyTo) }),
    reactions: [...merged].map(([emoji, count]) => ({ emoji, count })),
  };
}

/** As many messages as go into one transaction. */
const BATCH = 5_000;

/** A story as the intake takes it, for one of its platforms. */
export function batchesOf(story: Story, platform: SamplePlatform): IncomingBatch[] {
  const spaces = Object.values(places)
    .filter((place) => place.platform === platform)
    .map(({ externalId, name, kind }) => ({ externalId, name, kind }));
  const numbers = new Map(story.posts.map((post, place) => [post, String(place + 1)]));
  const messages = story.posts
    .filter(({ place }) => place.platform === platform)
    .map((post) => messageOf(post, (one) => numbers.get(one) ?? ""));
  const moves: IncomingMove[] = story.comings
    .filter(({ place }) => place.platform === platform)
    .map(({ at, who, place, kind }, number) => ({
      spaceExternalId: place.externalId,
      externalId: `move-${number + 1}`,
      position: 0,
      member: authorOf(who, platform),
      name: who.name,
      kind,
      happenedAt: at,
    }));
  const batches: IncomingBatch[] = [];
  for (let from = 0; from < messages.length; from += BATCH)
    batches.push({ spaces, messages: messages.slice(from, from + BATCH), moves: from === 0 ? moves : [] });
  return batches;
}
