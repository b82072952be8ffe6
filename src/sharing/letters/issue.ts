import { audit } from "#src/analytics/queries.ts";
import { auditQuerySchema } from "#src/analytics/model.ts";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import type { Letter } from "#src/base/mail/letter.ts";
import { type PostTools, postLetter } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import { communityById } from "#src/communities/queries.ts";
import { m } from "#words";
import { addLink } from "../links/store.ts";
import { newToken } from "../links/token.ts";
import { LETTER_LINK_DAYS } from "../model.ts";
import { figureRows, headlineTexts, periodText } from "./figures.ts";
import { daysTold } from "./rhythm.ts";
import { stopAddress } from "./stop.ts";
import { type LetterRow, notePost } from "./store.ts";

/** Nobody needs the figures of a week that were stuck longer than this, in hours. */
const LATE_HOURS = 72;

/** What writing a letter needs: a job's tools or a procedure's context. */
export interface LetterTools extends PostTools {
  readonly databases: Databases;
  readonly publicUrl: string;
}

/** What one sending says to each of its readers, and the link it carries. */
export interface Issue {
  readonly community: CommunityId;
  readonly name: string;
  readonly period: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  readonly query: object;
}

/** Writes what a letter would say at this moment: the last whole week or month of the community. */
export async function writeIssue({ databases, now }: LetterTools, letter: LetterRow): Promise<Issue> {
  const id = provenCommunity(letter.communityId);
  const community = await communityById(databases, id);
  if (community === undefined) return refuse("not-found", "communities.unknown", { slug: "" });
  const { language: locale } = letter;
  const days = daysTold(letter.every, now(), community.timeZone);
  const query = { ...days, spaces: letter.spaces.join(",") };
  const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => databases.asCommunity(id, work);
  const found = await audit(
    { run, community: id, timeZone: community.timeZone, now: now() },
    auditQuerySchema.parse(query),
  );
  const period = periodText(days, locale);
  const sentences = headlineTexts(found, locale);
  const rows = figureRows(found, locale);
  const isQuiet = !found.figures.some(({ metric, value }) => metric === "messages" && (value ?? 0) > 0);
  return {
    community: id,
    name: community.name,
    period,
    subject: m.sharing_letter_subject({ community: community.name, period }, { locale }),
    paragraphs: isQuiet ? [m.sharing_letter_quiet({ period }, { locale })] : [sentences.join(" ")].filter(Boolean),
    rows: isQuiet ? [] : rows,
    query,
  };
}

/** Makes the link that an issue carries; its secret is nowhere but in the letters. */
async function addIssueLink(tx: Tx, tools: LetterTools, { letter, issue }: Sending): Promise<string> {
  const at = tools.now();
  const { token, secretHash } = newToken(issue.community);
  await addLink(tx, issue.community, {
    id: newId(at),
    secretHash,
    name: m.sharing_letter_link_name({ period: issue.period }, { locale: letter.language }),
    query: issue.query,
    showsNames: letter.showsNames,
    passwordHash: undefined,
    createdByName: letter.createdByName,
    now: at,
    expiresAt: at + LETTER_LINK_DAYS * 86_400_000,
  });
  return `${tools.publicUrl}/shared/${token}`;
}

/** One letter about to go to its readers. */
export interface Sending {
  readonly letter: LetterRow;
  readonly issue: Issue;
  /** Without an id somebody only tries how the letter looks. */
  readonly readers: readonly { readonly id?: string; readonly email: string }[];
}

/** Puts an issue on its way to its readers, in the owner's transaction that says so. */
export async function postIssue(tx: Tx, tools: LetterTools, sending: Sending): Promise<void> {
  const { letter, issue, readers } = sending;
  const { language: locale } = letter;
  const url = await addIssueLink(tx, tools, sending);
  for (const { id, email } of readers) {
    const stop = id === undefined ? undefined : stopAddress(tools, { community: issue.community, reader: id });
    const written: Letter = {
      to: email,
      locale,
      subject: issue.subject,
      paragraphs: [...issue.paragraphs],
      rows: [...issue.rows],
      button: { label: m.sharing_letter_open({}, { locale }), url },
      footnote:
        stop === undefined
          ? m.sharing_letter_trial({ community: issue.name }, { locale })
          : m.sharing_letter_why({ community: issue.name, who: letter.createdByName, url: stop }, { locale }),
      ...(stop === undefined ? {} : { unsubscribe: stop }),
    };
    const post = await postLetter(tools, tx, { letter: written, kind: "sharing.audit", hours: LATE_HOURS });
    if (id !== undefined) await notePost(tx, issue.community, { reader: id, post });
  }
}
