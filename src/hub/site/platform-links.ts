import { m } from "#words";
import { type ProviderName, providerNames } from "../model.ts";
import { markup, type Html } from "./html.ts";
import type { HubVisit } from "./visit.ts";

/** What platforms are called, in every language. */
export const platformNames: Record<ProviderName, string> = {
  telegram: "Telegram",
  discord: "Discord",
  vk: "VK",
  reddit: "Reddit",
  facebook: "Facebook",
};

/** The platforms by which this hub lets people sign in. */
export function waysIn({ call }: HubVisit): ProviderName[] {
  return providerNames.filter((name) => call.hub.ways.includes(name));
}

/** A link to each platform by which one can sign in; nothing where there is none. */
export function platformLinks(visit: HubVisit, rest: Readonly<Record<string, string>>): Html | false {
  const ways = waysIn(visit);
  if (ways.length === 0) return false;
  const given = new URLSearchParams(Object.entries(rest).filter(([, value]) => value !== ""));
  const links = ways.map(
    (way) =>
      markup`<a class="button" href="${visit.home}/by/${way}?${given.toString()}">${m.hub_by({ platform: platformNames[way] })}</a>`,
  );
  return markup`<section class="part"><h2>${m.hub_by_title()}</h2><p class="row">${links}</p></section>`;
}
