import type { ToldFault } from "#src/accounts/page-door.ts";
import { m } from "#words";
import type { Device } from "../push/devices.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { clockOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import type { Sending, Sent } from "./kinds.ts";
import { moment } from "./moment.ts";
import type { HubVisit } from "./visit.ts";

const PLACE = "/notifications/devices";

function line(visit: HubVisit, { id, name, madeAt, toldAt, failure, endpointHash }: Device): Html {
  const clock = clockOf(visit);
  const called = name === "" ? m.hub_session_unknown() : name;
  const told = toldAt !== null && markup` · ${m.hub_push_told()} ${moment(toldAt, clock)}`;
  const failed =
    failure !== null && markup`<div class="meta danger">${m.hub_push_device_failed({ reason: failure })}</div>`;
  return markup`<li data-endpoint="${endpointHash}"><div><b>${called}</b><div class="meta">${m.hub_push_added()} ${moment(madeAt, clock)}${told}</div>${failed}</div><form method="post" action="${visit.home}${PLACE}/remove"><input type="hidden" name="device" value="${id}"><button aria-label="${m.hub_push_remove_one({ name: called })}">${m.hub_push_remove()}</button></form></li>`;
}

/**
 * The browsers on which a member is told. What adds this one needs script: it finds its sentences here, and takes the place of
 * the one that says so.
 */
export async function devicesPart(visit: HubVisit): Promise<Html> {
  const { items, key } = await visit.api.notices.devices({ community: visit.slug });
  const list =
    items.length === 0
      ? markup`<p>${m.hub_push_none()}</p>`
      : markup`<ul class="list">${items.map((each) => line(visit, each))}</ul>`;
  const add = markup`<form id="push" method="post" action="${visit.home}${PLACE}" data-key="${key}" data-add="${m.hub_push_add()}" data-this="${m.hub_session_this()}" data-missing="${m.hub_push_unsupported()}" data-blocked="${m.hub_push_blocked()}" data-failed="${m.hub_push_failed()}"><p class="hint" role="status">${m.hub_push_no_script()}</p></form>`;
  return markup`<section class="part" id="devices"><h2>${m.hub_push_title()}</h2><p>${m.hub_push_lead()}</p>${list}${add}</section>`;
}

/** Their forms; `refused` makes the page that shows what was wrong. */
export function deviceForms(refused: (visit: HubVisit, fault: ToldFault) => Promise<string>): readonly Sent[] {
  const doing =
    (deed: (sending: Sending) => Promise<unknown>) =>
    async (sending: Sending): Promise<Response> => {
      const { visit, request } = sending;
      try {
        await deed(sending);
      } catch (error) {
        const fault = visit.explain(error);
        return pageAnswer(request, await refused(visit, fault), fault.status);
      }
      return onTo(`${visit.home}/notifications/settings#devices`);
    };
  const add = doing(({ visit, typed }) =>
    visit.api.notices.addDevice({
      community: visit.slug,
      endpoint: typed("endpoint"),
      p256dh: typed("p256dh"),
      auth: typed("auth"),
    }),
  );
  const remove = doing(({ visit, typed }) =>
    visit.api.notices.removeDevice({ community: visit.slug, id: typed("device") }),
  );
  return [
    { path: /^\/notifications\/devices$/, permission: "hub.member", send: add },
    { path: /^\/notifications\/devices\/remove$/, permission: "hub.member", send: remove },
  ];
}
