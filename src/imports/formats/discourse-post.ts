import type { IncomingAuthor, IncomingMessage } from "#src/platforms/model.ts";
import { distinctLinks, linksOf } from "#src/platforms/traits/links.ts";
import { emojiNamed } from "./emoji-names.ts";
import { NAME_CHARS } from "./format.ts";
import type { Harvest, SkipReason } from "./harvest.ts";
import { htmlText } from "./html-text.ts";
import { countIn, isRaw, type Raw, rawsIn, textIn } from "./json-values.ts";
import { type Draft, isPossible, said } from "./said.ts";
import { instantOf } from "./written-time.ts";

/** Sorts of posts, by the numbers of Discourse's `Post.types`. */
const SMALL_ACTION = 3;
const WHISPER = 4;
/** The number of a "like" among a post's actions. */
const LIKE = 2;

const KNOWN_FIELDS = new Set(
  `id name username avatar_template created_at cooked raw post_number post_type posts_count updated_at reply_count
  reply_to_post_number quote_count incoming_link_count reads readers_count score yours topic_id topic_slug topic_title
  display_username primary_group_name flair_name flair_url flair_bg_color flair_color flair_group_id version can_edit
  can_delete can_recover can_see_hidden_post can_wiki can_view_edit_history link_counts read user_title title_is_group
  bookmarked bookmarks actions_summary moderator admin staff user_id hidden trust_level deleted_at user_deleted edit_reason
  wiki reviewable_id reviewable_score_count reviewable_score_pending_count reactions reaction_users_count
  current_user_reaction current_user_used_main_reaction polls polls_votes mentioned_users post_url action_code
  action_code_who action_code_path via_email is_auto_generated reply_to_user accepted_answer can_accept_answer
  can_unaccept_answer topic_accepted_answer notice user_status category_id badges_granted custom_fields
  can_translate user_signature event post_localizations_count user_cakedate user_birthdate`.split(/\s+/),
);

/** Quotes are somebody else's words. */
const QUOTE = /\[quote[^\]\n]{0,300}\][\s\S]{0,100000}?\[\/quote\]\s*/gi;

/** What a post says, and where it links to. */
export function wordsOf(raw: unknown, cooked: unknown): Pick<Draft, "text" | "links"> {
  const source = textIn(raw);
  if (source !== undefined) {
    const text = source.includes("[quote") ? source.replaceAll(QUOTE, "") : source;
    return { text, links: linksOf(text) };
  }
  const { text, addresses } = htmlText(textIn(cooked) ?? "");
  return { text, links: distinctLinks(addresses) };
}

/** The system and the robots that come with Discourse have numbers below zero. */
function authorOf(post: Raw): IncomingAuthor | undefined {
  const id = post["user_id"];
  const username = textIn(post["username"])?.slice(0, NAME_CHARS);
  if (!Number.isSafeInteger(id)) return undefined;
  const name = textIn(post["name"])?.slice(0, NAME_CHARS) ?? username;
  return {
    externalId: String(id),
    kind: Number(id) < 0 ? "bot" : "person",
    ...(name === undefined ? {} : { name }),
    ...(username === undefined ? {} : { username }),
  };
}

function reactionsOf(post: Raw): IncomingMessage["reactions"] {
  const counts = new Map<string, number>();
  for (const reaction of rawsIn(post["reactions"])) {
    const [name, count] = [textIn(reaction["id"]), countIn(reaction["count"])];
    if (name !== undefined && count > 0) counts.set(emojiNamed(name), count);
  }
  const likes = counts.size > 0 ? 0 : countIn(rawsIn(post["actions_summary"]).find(({ id }) => id === LIKE)?.["count"]);
  if (likes > 0) counts.set("❤️", likes);
  return [...counts].map(([emoji, count]) => ({ emoji, count }));
}

/** What is written in a topic answers whom it says; without saying, it answers the post that opened the topic. */
function answeredBy(post: Raw, number: number): number | undefined {
  const answered = post["reply_to_post_number"];
  if (typeof answered === "number" && Number.isSafeInteger(answered)) return answered;
  return number > 1 ? 1 : undefined;
}

/** Where a post stands. */
export interface PostPlace {
  readonly topicId: string;
  /** The clock, in milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Posts that say nothing to the community: closed topics, whispers of the team, what was deleted. */
function passedOver(post: Raw): string | undefined {
  if (post["post_type"] === SMALL_ACTION) return textIn(post["action_code"]) ?? "small_action";
  if (post["post_type"] === WHISPER) return "whisper";
  return isSaid(post["deleted_at"]) || post["user_deleted"] === true ? "deleted" : undefined;
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** Takes one post of a topic into the harvest; says why if it cannot. */
export function takePost({ topicId, now }: PostPlace, value: unknown, harvest: Harvest): SkipReason | undefined {
  if (!isRaw(value)) return "not-a-message";
  const number = value["post_number"];
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) return "no-id";
  const at = instantOf(value["created_at"], "UTC");
  if (at === undefined) return "no-date";
  if (!isPossible(at, now)) return "impossible-date";
  const passed = passedOver(value);
  if (passed !== undefined) {
    harvest.passOver(passed);
    return undefined;
  }
  const author = authorOf(value);
  if (author === undefined) return "no-author";
  for (const field in value) if (!KNOWN_FIELDS.has(field)) harvest.unknownField(field);
  const answered = answeredBy(value, number);
  const version = value["version"];
  const editedAt = typeof version === "number" && version > 1 ? instantOf(value["updated_at"], "UTC") : undefined;
  harvest.messages.push(
    said({
      spaceExternalId: topicId,
      externalId: String(number),
      sentAt: at,
      author,
      kind: rawsIn(value["polls"]).length > 0 ? "poll" : "text",
      reactions: reactionsOf(value),
      ...wordsOf(value["raw"], value["cooked"]),
      ...(answered === undefined ? {} : { replyToExternalId: String(answered) }),
      ...(editedAt === undefined ? {} : { editedAt }),
    }),
  );
  return undefined;
}
