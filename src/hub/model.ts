import { z } from "zod";
import { emailSchema, passwordSchema } from "#src/accounts/model.ts";
import { slugOf } from "#src/communities/model.ts";
import { domainOrigin } from "./domain/model.ts";

/** Who reads the hub: everybody who has its address, search engines among them, or only those who are signed in. */
export const readings = ["everyone", "members"] as const;
/** Who may make an account: everybody, whoever was given a link, nobody. */
export const joinings = ["everyone", "invited", "nobody"] as const;
/** Whom a board is open to: whoever reads the hub, members, or members of groups. */
export const boardAccesses = ["everyone", "members", "groups"] as const;
/** Who may look through the list of members, and search for people. */
export const directories = ["nobody", "members", "everyone"] as const;
/** Who sees what a member wrote gathered on their page; the posts themselves are seen wherever they stand. */
export const activities = ["everyone", "members", "nobody"] as const;
export type Activity = (typeof activities)[number];
/** Platforms by which members sign in. */
export const providerNames = ["telegram", "discord", "vk", "reddit", "facebook"] as const;
export type ProviderName = (typeof providerNames)[number];
/** What the team can have keys for: those platforms, and the hub as a Mini App inside Telegram. */
export const signInWays = [...providerNames, "telegram-app"] as const;
export type SignInWay = (typeof signInWays)[number];
/** A question waits for an answer, a discussion does not. */
export const topicKinds = ["question", "discussion"] as const;
export type TopicKind = (typeof topicKinds)[number];

/** What a list of topics is narrowed to. */
export const topicFilters = ["all", "unsolved", "solved", "following"] as const;
export type TopicFilter = (typeof topicFilters)[number];

/** Marks a member can put under a post. */
export const reactionMarks = ["👍", "❤️", "😂", "🎉", "🙏"] as const;

/** As long as ten pages of a book; Discourse allows the same. In characters (UTF-16 units). */
export const LONGEST_POST = 32_000;
/** A title that fits two lines on a phone. */
export const LONGEST_TITLE = 150;
export const MOST_TOPIC_TAGS = 5;
export const TOPICS_A_PAGE = 30;
export const POSTS_A_PAGE = 20;
/** More boards than this nobody finds their way in. */
export const MOST_BOARDS = 50;
/** Days that an invitation works, and people it may bring, at most. */
export const MOST_INVITATION_DAYS = 90;
export const MOST_INVITATION_USES = 1000;
/** What a member calls a passkey, such as the device it is on. */
export const passkeyNameSchema = z.string().trim().min(1).max(60);
/** How long a member stays signed in; each visit on another day prolongs it. */
export const HUB_SESSION_DAYS = 60;
/** A board for more groups than this is for everybody. */
export const MOST_BOARD_GROUPS = 20;
/** How long the link in a letter signs somebody in. */
export const SIGN_LINK_MINUTES = 30;

/** How long the link works by which a member confirms another address, and the one that the team hands to a member. */
export const EMAIL_CHANGE_HOURS = 24;
export const TEAM_LINK_HOURS = 24;

/** How long the letter to somebody who wants to join can be opened: letters are read within a day. */
export const SIGN_UP_HOURS = 24;

const aboutSchema = z.string().trim().max(2000);

/** How a community's hub is set up. */
export const hubSettingsSchema = z.object({
  isOpen: z.boolean().describe("Switched on: people reach it by its address"),
  reading: z.enum(readings),
  joining: z.enum(joinings),
  directory: z.enum(directories).describe("Who may look through the list of members"),
  about: aboutSchema.describe("Stands on the hub's first page; plain text"),
  rules: z.string().trim().max(10_000).describe("Whoever joins accepts them; plain text"),
  showsLinks: z
    .boolean()
    .describe("Whether posts show what links lead to: the server asks the sites that members link to"),
});
export type HubSettings = z.infer<typeof hubSettingsSchema>;

export const boardNameSchema = z.string().trim().min(1).max(60);
export const boardAboutSchema = z.string().trim().max(300);

/** A board of the hub. */
export const boardSchema = z.object({
  id: z.uuid(),
  key: z.string().describe("Stands in addresses"),
  name: z.string(),
  about: z.string(),
  access: z.enum(boardAccesses),
  groupIds: z.array(z.uuid()).describe("Whose people may enter, when `access` is `groups`"),
  position: z.int(),
  isArchived: z
    .boolean()
    .describe("Read as before by whoever could; nothing is written in it, and lists of what is new leave it out"),
});
export type Board = z.infer<typeof boardSchema>;

/** The name a member goes by: what can be called with @ in a post. */
export const memberNameSchema = z
  .string()
  .trim()
  .normalize("NFC")
  .min(2)
  .max(30)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u, { error: "letters, digits, hyphen, dot and underscore" });

export const newAccountSchema = z.object({
  name: memberNameSchema,
  email: emailSchema,
  password: passwordSchema,
  acceptsRules: z.literal(true).describe("Whoever joins accepts the hub's rules"),
  invitation: z.string().max(200).optional().describe("Where joining takes a link: what stands in it"),
  question: z.string().max(200).optional().describe("While many join at once: the token of a question"),
  answer: z.string().max(20).optional().describe("What the question asked for, in digits"),
});

const tagSchema = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(30)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}+#.-]*$/u);

export const titleSchema = z.string().trim().min(3).max(LONGEST_TITLE);
export const postTextSchema = z.string().trim().min(1).max(LONGEST_POST).describe("Markdown");

export const newTopicSchema = z.object({
  kind: z.enum(topicKinds),
  title: titleSchema,
  text: postTextSchema,
  tags: z.array(tagSchema).max(MOST_TOPIC_TAGS).default([]),
});

/** Somebody as a line of the hub names them. */
export const authorSchema = z.object({
  memberId: z.uuid(),
  name: z.string(),
  isTeam: z.boolean().describe("Speaks for the team"),
});
export type Author = z.infer<typeof authorSchema>;

/** A topic as lists show it. */
export const topicRowSchema = z.object({
  number: z.int().describe("Counts the hub's topics from 1; stands in the address"),
  boardId: z.uuid(),
  kind: z.enum(topicKinds),
  title: z.string(),
  tags: z.array(z.string()),
  author: authorSchema,
  madeAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  lastAuthor: authorSchema,
  posts: z.int().describe("How many posts stand in it, the first among them"),
  lastPost: z.int().describe("The last number given to a post"),
  answer: z.int().nullable().describe("The number of the accepted answer"),
  isClosed: z.boolean(),
  isPinned: z.boolean(),
});
export type TopicRow = z.infer<typeof topicRowSchema>;

/** Somebody whose picture stands beside what they wrote. */
export const facedAuthorSchema = authorSchema.extend({
  face: z.uuid().nullable().describe("The file of the hub with their picture; null: they have none"),
});

/** What a link that stands alone on a line of a post leads to. Texts of other sites: plain, to be encoded where they are shown. */
const linkSchema = z.object({
  address: z.string(),
  title: z.string(),
  about: z.string().describe("A sentence or two; empty where the page says nothing"),
  site: z.string(),
  topic: z.int().nullable().describe("The hub's own topic that it leads to"),
  boardId: z.uuid().nullable().describe("And the board of that topic"),
});
export type Link = z.infer<typeof linkSchema>;

/** A post as its topic shows it. */
export const postSchema = z.object({
  number: z.int().describe("From 1, which is the topic itself; a number is never given twice"),
  author: facedAuthorSchema,
  html: z.string().describe("Safe to put into a page; empty when the post was deleted"),
  sentAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  isDeleted: z.boolean(),
  version: z.int(),
  reactions: z.array(z.object({ mark: z.string(), count: z.int() })),
  links: z.array(linkSchema).describe("What its first links lead to, as far as that is known"),
  hidesLinks: z.boolean().describe("Its author wants none of that shown"),
});
export type Post = z.infer<typeof postSchema>;

/** What belongs to whoever reads a topic. */
export interface OwnMarks {
  readonly readTo: number;
  readonly following: "none" | "follow" | "mute";
  readonly bookmarks: readonly number[];
  /** Their marks, as `<number> <mark>`. */
  readonly reactions: ReadonlySet<string>;
  /** Whether notices tell them of this topic. */
  readonly hasNotices: boolean;
}

/** Who comes to the hub. */
export type Visitor =
  | { readonly kind: "guest" }
  | ({
      readonly kind: "member";
      readonly groupIds: readonly string[];
      readonly sessionId: string;
      readonly unread: number;
    } & Account)
  | ({ readonly kind: "team"; readonly mayWrite: boolean; readonly mayModerate: boolean } & TeamSide);

/** Somebody with an account of the hub. */
export interface Account {
  readonly accountId: string;
  readonly memberId: string;
  readonly name: string;
}

/** One of the team; the account is made with their first deed. */
export interface TeamSide {
  readonly userId: string;
  readonly name: string;
  readonly account: Account | undefined;
  /** How many notices they have not read. */
  readonly unread: number;
}

/** The account by which a visitor has marks of their own; undefined for guests, and for the team before its first deed. */
export function accountOf(visitor: Visitor): Account | undefined {
  if (visitor.kind === "guest") return undefined;
  return visitor.kind === "member" ? visitor : visitor.account;
}

/** Whether a visitor may see gathered what a member wrote. The team, who keep order, and the member themselves always may. */
export function maySeeActivity(visitor: Visitor, whose: { memberId: string; activity: Activity }): boolean {
  if (visitor.kind === "team" || accountOf(visitor)?.memberId === whose.memberId) return true;
  return whose.activity === "everyone" || (whose.activity === "members" && visitor.kind === "member");
}

/** Whether a visitor may look through the list of members. */
export function maySeeDirectory(visitor: Visitor, directory: HubSettings["directory"]): boolean {
  return visitor.kind === "team" || directory === "everyone" || (directory === "members" && visitor.kind === "member");
}

/** Whether a board is there for a visitor to read; an archived one is there for whoever could read it before. */
export function maySee(board: Board, visitor: Visitor): boolean {
  if (visitor.kind === "team") return true;
  if (board.access === "everyone") return true;
  if (visitor.kind === "guest") return false;
  return board.access === "members" || board.groupIds.some((id) => visitor.groupIds.includes(id));
}

/** As long as a letter that somebody reads to its end; in characters (UTF-16 units). */
export const LONGEST_TEAM_MESSAGE = 4_000;

/** Waits for the team, was answered, or is done with without an answer. */
export const teamMessageStates = ["new", "answered", "closed"] as const;
export type TeamMessageState = (typeof teamMessageStates)[number];

/** Where a hub begins. */
export function hubPath(slug: string): string {
  return `/c/${slug}`;
}

/** Where people find a hub: at a domain of its own, when it stands at one. Without a slash at the end. */
export function hubAddress(publicUrl: string, hub: { slug: string; domain: string | null }): string {
  return hub.domain === null ? `${publicUrl}${hubPath(hub.slug)}` : domainOrigin(publicUrl, hub.domain);
}

/** What addresses are made of titles: a page writes the same one dozens of times. */
const titleWords = new Map<string, string>();
const MOST_TITLES = 2000;

function wordsOf(title: string): string {
  const known = titleWords.get(title);
  if (known !== undefined) return known;
  const words = slugOf(title).slice(0, 60).replace(/-+$/, "");
  if (titleWords.size >= MOST_TITLES) titleWords.clear();
  titleWords.set(title, words);
  return words;
}

/** The one address of a topic; a page beyond the first stands behind it as `?page=`. */
export function topicPath(slug: string, topic: Pick<TopicRow, "number" | "title">): string {
  const words = wordsOf(topic.title);
  return `${hubPath(slug)}/t/${topic.number}-${words === "community" ? "topic" : words}`;
}

/** The page, counted from 1, on which a post of this number stands. Numbers of deleted posts keep their place. */
export function pageOfPost(number: number): number {
  return Math.ceil(number / POSTS_A_PAGE);
}

/** The address of one post. */
export function postPath(slug: string, topic: Pick<TopicRow, "number" | "title">, number: number): string {
  const page = pageOfPost(number);
  return `${topicPath(slug, topic)}${page > 1 ? `?page=${page}` : ""}#post-${number}`;
}
