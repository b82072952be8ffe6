import { isLocale } from "#src/base/locale.ts";
import { timeZoneChoices } from "#src/base/time-zone-name.ts";
import { m } from "#words";
import { wantsDigest } from "../notices/choose.ts";
import { type NoticeKind, noticeKinds } from "../notices/kinds.ts";
import { digests, type NoticeSettings } from "../notices/settings.ts";
import { deviceForms, devicesPart } from "./devices.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { documentOf, faultNote } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import type { Sending, Sent, Showing, Shown } from "./kinds.ts";
import type { HubVisit } from "./visit.ts";

const kindNames: Record<NoticeKind, () => string> = {
  reply: m.hub_notice_kind_reply,
  answer: m.hub_notice_kind_answer,
  quote: m.hub_notice_kind_quote,
  mention: m.hub_notice_kind_mention,
  call: m.hub_notice_kind_call,
  reaction: m.hub_notice_kind_reaction,
  accepted: m.hub_notice_kind_accepted,
  topic: m.hub_notice_kind_topic,
  announcement: m.hub_notice_kind_announcement,
  team: m.hub_notice_kind_team,
  group: m.hub_notice_kind_group,
};

const rhythmNames: Record<NoticeSettings["digest"], () => string> = {
  daily: m.hub_digest_daily,
  weekly: m.hub_digest_weekly,
  off: m.hub_digest_off,
};

/** The names of languages are written in themselves. */
const languageNames: Record<NoticeSettings["language"], string> = { en: "English", ru: "Русский" };

const placeNames = { hub: m.hub_notice_in_hub, mail: m.hub_notice_by_mail, push: m.hub_notice_on_devices } as const;

function box(place: keyof typeof placeNames, kind: NoticeKind, off: readonly NoticeKind[]): Html {
  const label = `${kindNames[kind]()}: ${placeNames[place]()}`;
  return markup`<td class="center"><input type="checkbox" name="${place}-${kind}" value="yes" aria-label="${label}"${!off.includes(kind) && markup` checked`}></td>`;
}

function options(values: readonly (readonly [string, string])[], chosen: string): Html[] {
  return values.map(
    ([value, label]) => markup`<option value="${value}"${value === chosen && markup` selected`}>${label}</option>`,
  );
}

function formOf(visit: HubVisit, settings: NoticeSettings): Html {
  const { hubOff, mailOff, pushOff, digest, hour, quietFrom, quietTo, timeZone, language } = settings;
  const rows = noticeKinds.map(
    (kind) =>
      markup`<tr><th scope="row">${kindNames[kind]()}</th>${box("hub", kind, hubOff)}${box("mail", kind, mailOff)}${box("push", kind, pushOff)}</tr>`,
  );
  const rhythm = digests.map(
    (each) =>
      markup`<label><input type="radio" name="digest" value="${each}"${each === digest && markup` checked`}> ${rhythmNames[each]()}</label>`,
  );
  const hours = Array.from({ length: 24 }, (_, n) => [String(n), `${n}:00`] as const);
  const zones = timeZoneChoices(visit.call.locale, visit.call.now(), timeZone).map(
    ({ zone, name }) => [zone, name] as const,
  );
  const table = markup`<table class="plainly"><thead><tr><th scope="col">${m.hub_notice_what()}</th><th scope="col">${m.hub_notice_in_hub()}</th><th scope="col">${m.hub_notice_by_mail()}</th><th scope="col">${m.hub_notice_on_devices()}</th></tr></thead><tbody>${rows}</tbody></table>`;
  const quiet = markup`<fieldset><legend>${m.hub_quiet()}</legend><div class="narrow"><label>${m.hub_quiet_from()}<select name="quietFrom">${options(hours, String(quietFrom))}</select></label><label>${m.hub_quiet_to()}<select name="quietTo">${options(hours, String(quietTo))}</select></label></div><p class="hint">${m.hub_quiet_hint()}</p></fieldset>`;
  return markup`<form class="stack" method="post" action="${visit.home}/notifications/settings">${table}${quiet}<fieldset><legend>${m.hub_digest_how()}</legend>${rhythm}</fieldset><p class="hint">${m.hub_digest_only()}</p><label>${m.hub_digest_hour()}<select name="hour">${options(hours, String(hour))}</select></label><label>${m.hub_digest_zone()}<select name="timeZone">${options(zones, timeZone)}</select></label><label>${m.hub_digest_language()}<select name="language">${options(Object.entries(languageNames), language)}</select></label><div><button class="main">${m.hub_save()}</button></div></form>`;
}

async function settingsPage(visit: HubVisit, note: Html | false = false): Promise<string> {
  const { mailWorks, lastLetter, ...settings } = await visit.api.notices.settings({ community: visit.slug });
  const title = m.hub_notice_settings();
  const noMail = !mailWorks && markup`<div class="note"><p>${m.hub_digest_no_mail()}</p></div>`;
  const failed =
    lastLetter?.state === "failed" &&
    markup`<div class="note bad"><p>${m.hub_digest_failed({ code: lastLetter.failure ?? "" })}</p></div>`;
  const main = markup`<p><a href="${visit.home}/notifications">${m.hub_notices()}</a></p><h1>${title}</h1><p class="lead">${m.hub_notice_settings_lead()}</p>${note}${noMail}${failed}${formOf(visit, settings)}${await devicesPart(visit)}`;
  return documentOf(visit, { title, main, isPlain: true });
}

async function save(sending: Sending): Promise<Response> {
  const { visit, typed, request } = sending;
  const off = (place: string): NoticeKind[] => noticeKinds.filter((kind) => typed(`${place}-${kind}`) !== "yes");
  const digest = digests.find((each) => each === typed("digest")) ?? "off";
  const language = typed("language");
  try {
    await visit.api.notices.changeSettings({
      community: visit.slug,
      hubOff: off("hub"),
      mailOff: off("mail"),
      pushOff: off("push"),
      digest,
      hour: Number(typed("hour")),
      quietFrom: Number(typed("quietFrom")),
      quietTo: Number(typed("quietTo")),
      timeZone: typed("timeZone"),
      language: isLocale(language) ? language : "en",
    });
    const note = markup`<div class="note" role="status"><p>${m.hub_saved()}</p></div>`;
    return pageAnswer(request, await settingsPage(visit, note));
  } catch (error) {
    const fault = visit.explain(error);
    return pageAnswer(request, await settingsPage(visit, faultNote(fault)), fault.status);
  }
}

/** The page to which the link in a letter leads: it asks, because mail programs open links by themselves. */
async function stopPage(
  { visit, request, fields: [token = ""] }: Showing,
  note: Html | false = false,
): Promise<Response> {
  const comes = await wantsDigest(visit.call, token);
  const title = m.hub_stop_title();
  const text = comes ? m.hub_stop_ask() : m.hub_stop_done();
  const button = comes
    ? markup`<button class="main">${m.hub_stop_do()}</button>`
    : markup`<button name="again" value="yes">${m.hub_stop_again()}</button>`;
  const main = markup`<h1>${title}</h1>${note}${note === false && markup`<p class="lead">${text}</p>`}<form method="post" action="${visit.home}/unsubscribe/${token}">${button}</form>`;
  return pageAnswer(request, documentOf(visit, { title, main, isPlain: true }));
}

async function stop(sending: Sending): Promise<Response> {
  const {
    visit,
    typed,
    fields: [token = ""],
  } = sending;
  const wantsIt = typed("again") === "yes";
  await visit.api.notices.chooseDigest({ community: visit.slug, token, wantsIt });
  // Mail programs that stop letters by themselves (RFC 8058) follow no redirect.
  if (typed("List-Unsubscribe") !== "") return pageAnswer(sending.request, m.hub_stop_done());
  if (!wantsIt) return onTo(`${visit.home}/unsubscribe/${token}`);
  return stopPage(sending, markup`<div class="note" role="status"><p>${m.hub_stop_comes()}</p></div>`);
}

const TOKEN = /^\/unsubscribe\/([\w.-]{20,400})$/;

/** Pages about what one is told of, and where. */
export const noticeSettingsPages: readonly Shown[] = [
  {
    path: /^\/notifications\/settings$/,
    permission: "hub.member",
    show: async ({ visit, request }) => pageAnswer(request, await settingsPage(visit)),
  },
  { path: TOKEN, permission: "hub.public", show: (showing) => stopPage(showing) },
];

/** Their forms. */
export const noticeSettingsForms: readonly Sent[] = [
  { path: /^\/notifications\/settings$/, permission: "hub.member", send: save },
  { path: TOKEN, permission: "hub.public", send: stop },
  ...deviceForms((visit, fault) => settingsPage(visit, faultNote(fault))),
];
