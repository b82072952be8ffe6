import type { MembersBehind } from "../model.ts";
import { goneFrom } from "./gone-members.ts";
import { peopleOf, sortedMessages } from "./people.ts";
import { halfOf } from "./spread.ts";
import { flagsOf } from "./sheet.ts";
import type { Window } from "./window.ts";

/** A member of a list by number, with what they did in the window. */
export interface PersonBehind {
  readonly member: number;
  readonly messages: number;
  readonly activeDays: number;
  readonly lastDay: number;
}

function chooser(window: Window, behind: MembersBehind): (member: number, messages: number) => boolean {
  const arrived = flagsOf(window.sheet.arriving.member);
  switch (behind) {
    case "new":
      return (member) => arrived[member] === 1;
    case "returning":
      return (member) => arrived[member] !== 1;
    case "gone": {
      const gone = flagsOf(goneFrom(window));
      return (member) => gone[member] === 1;
    }
    case "one-message":
      return (_, messages) => messages === 1;
    default:
      return () => true;
  }
}

/** The members behind a number, those who wrote most first; of equals, the one known longer. */
export function peopleBehind(window: Window, behind: MembersBehind): PersonBehind[] {
  const people = peopleOf(window);
  const isWanted = chooser(window, behind);
  const found: PersonBehind[] = [];
  for (let row = 0; row < people.count; row += 1) {
    const [member, messages] = [people.member[row] ?? 0, people.messages[row] ?? 0];
    if (isWanted(member, messages)) {
      found.push({ member, messages, activeDays: people.activeDays[row] ?? 0, lastDay: people.lastDay[row] ?? 0 });
    }
  }
  found.sort((a, b) => b.messages - a.messages || a.member - b.member);
  return behind === "half" ? found.slice(0, halfOf(sortedMessages(window))) : found;
}
