import { type LetterState, letterState } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import { type HubCall, ownAccount } from "../call.ts";
import { type NoticeSettings, settingsOf, usualSettings, writeSettings } from "./settings.ts";
import { readStopToken } from "./stop.ts";

/** What somebody chose, whether letters can be sent here at all, and what became of their last one. */
export interface OwnSettings {
  readonly settings: NoticeSettings;
  readonly mailWorks: boolean;
  readonly lastLetter: { readonly state: LetterState; readonly failure: string | null } | null;
}

/** What whoever calls wants to be told of, and where. */
export async function readSettings(call: HubCall): Promise<OwnSettings> {
  const { accountId } = ownAccount(call);
  const said = await call.run((tx) => settingsOf(tx, call.community, accountId));
  const letterId = said?.letterId ?? null;
  // Letters belong to no community: their ids are told by the account's own row alone.
  const last = letterId === null ? undefined : await letterState(call.databases.owner, letterId);
  const { letterId: _, ...settings } = { ...usualSettings(call.facts), ...said, letterId };
  return { settings, mailWorks: call.mailer.works, lastLetter: last ?? null };
}

/** Keeps what whoever calls says. */
export async function changeSettings(call: HubCall, settings: NoticeSettings): Promise<void> {
  const { accountId } = ownAccount(call);
  await call.run((tx) => writeSettings(tx, call.community, { accountId, settings, now: call.now() }));
}

/** Stops somebody's letters by the word in one of them, or begins them anew; weekly, unless they come daily already. */
export async function chooseByToken(call: HubCall, wish: { token: string; wantsIt: boolean }): Promise<void> {
  const { community } = call;
  call.limits.take("link.address", call.address);
  const reader = readStopToken(call.secrets, wish.token);
  if (reader === undefined || reader.community !== community) return refuse("not-found", "hub.link-over");
  const { accountId } = reader;
  await call.run(async (tx) => {
    const said = (await settingsOf(tx, community, accountId)) ?? refuse("not-found", "hub.link-over");
    const wanted = said.digest === "off" ? "weekly" : said.digest;
    const settings = { ...said, digest: wish.wantsIt ? wanted : ("off" as const) };
    await writeSettings(tx, community, { accountId, settings, now: call.now() });
  });
}

/** Whether the letters that such a word is in come at present. */
export async function wantsDigest(call: HubCall, token: string): Promise<boolean> {
  const reader = readStopToken(call.secrets, token);
  if (reader?.community !== call.community) return refuse("not-found", "hub.link-over");
  const said = await call.run((tx) => settingsOf(tx, call.community, reader.accountId));
  return (said ?? refuse("not-found", "hub.link-over")).digest !== "off";
}
