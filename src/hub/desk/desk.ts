import type { CommunityCall } from "#src/accounts/call.ts";
import { newId } from "#src/base/ids.ts";
import type { Letter } from "#src/base/mail/letter.ts";
import { postToAddress } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import { append } from "#src/log/append.ts";
import { m } from "#words";
import type { HubCall } from "../call.ts";
import { ownAccount } from "../call.ts";
import { hubAddress } from "../model.ts";
import { hubOf } from "../store/hubs.ts";
import { tellOfTeamAnswer } from "../notices/deeds.ts";
import { readNotices } from "../notices/shown.ts";
import { wakeDevices } from "../push/tell-news.ts";
import type { TeamMessage } from "./message.ts";
import { addTeamAnswer, addTeamMessage, type Answered, teamMessagesOf } from "./store.ts";

/** An answer that was stuck for longer has been read in the hub, or is of no use any more. In hours. */
const NEEDED_HOURS = 72;

/** Brings a member's message to the team. `form` is the token of the form it was typed in: sent twice, it comes once. */
export async function writeToTeam(call: HubCall, wish: { text: string; form: string }): Promise<string> {
  const { community, visitor } = call;
  const { accountId, memberId } = ownAccount(call);
  if (visitor.kind === "team") refuse("forbidden", "hub.you-are-the-team");
  call.limits.take("hub.team-message", accountId);
  const at = call.now();
  await call.databases.asOwner(async (tx) => {
    const message = { id: wish.form, accountId, memberId, text: wish.text, at };
    if (!(await addTeamMessage(tx, community, message))) return;
    const payload = { teamMessageId: wish.form, memberId };
    await append(tx, community, [{ kind: "team.messaged", happenedAt: at, payload }]);
  });
  return wish.form;
}

/** What whoever calls wrote to the team, with its answers; that there are some is read by looking. */
export async function ownTeamMessages(call: HubCall): Promise<TeamMessage[]> {
  const { accountId } = ownAccount(call);
  const key = { kind: "team", topic: 0, number: 0 } as const;
  return call.run(async (tx) => {
    await readNotices(tx, call.community, { accountId, key, at: call.now() });
    return teamMessagesOf(tx, call.community, accountId);
  });
}

/** The letter that brings an answer of the team. */
function answerLetter(
  call: CommunityCall & { readonly home: string },
  to: Answered & { readonly email: string },
  text: string,
): Letter {
  const locale = to.language ?? call.facts.language;
  const say = { locale };
  const community = call.facts.name;
  return {
    to: to.email,
    locale,
    subject: m.hub_desk_letter_subject({ community }, say),
    paragraphs: [m.hub_desk_letter_text({ name: to.name, community }, say), text],
    button: { label: m.hub_desk_letter_open({}, say), url: `${call.home}/messages` },
    footnote: m.hub_desk_letter_why({ community }, say),
  };
}

/** Answers a member for the team: they are told in the hub and, unless they do not want that, by letter. Returns whether one goes. */
export async function answerMember(call: CommunityCall, wish: { id: string; text: string }): Promise<boolean> {
  const { community, actor } = call;
  const at = call.now();
  const answer = { messageId: wish.id, id: newId(at), text: wish.text, at };
  const userId = actor.kind === "person" ? actor.id : null;
  const goes = await call.databases.asOwner(async (tx) => {
    const to = await addTeamAnswer(tx, community, { ...answer, userId });
    if (to === undefined) return refuse("not-found", "hub.no-such-team-message");
    if (to.hasLeft) return refuse("conflict", "hub.writer-has-left");
    await tellOfTeamAnswer(tx, community, { accountId: to.accountId, at });
    if (!to.wantsMail) return false;
    const domain = (await hubOf(tx, community))?.domain ?? null;
    const home = hubAddress(call.publicUrl, { slug: call.facts.slug, domain });
    const letter = (email: string) => answerLetter({ ...call, home }, { ...to, email }, wish.text);
    return postToAddress(call, tx, { to: to.email, letter, kind: "hub.team-answer", hours: NEEDED_HOURS });
  });
  await wakeDevices(call, community);
  return goes;
}
