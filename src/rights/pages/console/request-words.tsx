import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { formatDay, type Reader } from "#src/web/kit/format.ts";
import { Tag } from "#src/web/kit/tag.tsx";
import type { DataRequest, Regime } from "../../model.ts";

/** What each kind of request is called. */
export const kindWords: Record<DataRequest["kind"], () => string> = {
  access: m.rights_kind_access,
  correction: m.rights_kind_correction,
  erasure: m.rights_kind_erasure,
};

/** What each law is called. */
export const regimeWords: Record<Regime, () => string> = { gdpr: m.rights_regime_gdpr, "152-fz": m.rights_regime_152 };

/** How a request stands; `today` is a date of the community's zone. */
export function RequestTag({ request, today }: { request: DataRequest; today: string }) {
  if (request.state === "answered") return <Tag tone="good">{m.rights_state_answered()}</Tag>;
  if (request.state === "refused") return <Tag>{m.rights_state_refused()}</Tag>;
  if (request.dueOn < today) return <Tag tone="bad">{m.rights_request_late()}</Tag>;
  return <Tag tone="accent">{request.isExtended ? m.rights_request_extended() : m.rights_state_open()}</Tag>;
}

/** A date of the community's zone as people write it. */
export function shownDate(date: string, reader: Reader): string {
  return formatDay(dateToDay(date) ?? 0, reader);
}
