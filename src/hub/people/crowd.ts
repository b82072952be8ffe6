import type { LimitName, Limits } from "#src/accounts/limits.ts";
import { Refusal, refuse } from "#src/base/refusal.ts";
import type { HubCall } from "../call.ts";
import { isAnswered } from "./question.ts";

/**
 * Who shares an address with others: of IPv6 everybody in a /64, which is one household, and the network around it (/48);
 * of IPv4 the address, behind which a mobile operator may have thousands, and its /24.
 */
export function networksOf(address: string): { near: string; wide: string } {
  const plain = address.replace(/^::ffff:/, "");
  if (!plain.includes(":")) return { near: plain, wide: plain.split(".").slice(0, 3).join(".") };
  const [head = "", tail = ""] = plain.split("%")[0]?.split("::", 2) ?? [];
  const front = head === "" ? [] : head.split(":");
  const back = tail === "" ? [] : tail.split(":");
  const middle = plain.includes("::")
    ? Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0")
    : [];
  const groups = [...front, ...middle, ...back].map((group) => Number.parseInt(group, 16).toString(16));
  return { near: groups.slice(0, 4).join(":"), wide: groups.slice(0, 3).join(":") };
}

function isLeft(limits: Limits, name: LimitName, who: string): boolean {
  try {
    limits.take(name, who);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/**
 * Lets somebody on who wants to join, or slows them down. In quiet times nobody notices. When more come from one address
 * or network, or to the community as a whole, than ever do by themselves, each has to answer a question; a person loses a
 * few seconds by it, a program that floods gets no further. Behind that stand limits that nobody gets past.
 */
export function letThrough(call: HubCall, given: { question?: string | undefined; answer?: string | undefined }): void {
  const { limits, community } = call;
  const { near, wide } = networksOf(call.address);
  const [here, around] = [`${community} ${near}`, `${community} ${wide}`];
  const calm = [
    isLeft(limits, "hub.join.calm-address", here),
    isLeft(limits, "hub.join.calm-network", around),
    isLeft(limits, "hub.join.calm", community),
  ];
  const { question, answer } = given;
  const mayPass =
    calm.every((each) => each) ||
    (question !== undefined && answer !== undefined && isAnswered(call, { token: question, answer }));
  if (!mayPass) refuse("too-many", "hub.question-first");
  limits.take("hub.join.address", here);
  limits.take("hub.join.network", around);
  limits.take("hub.join.community", community);
}
